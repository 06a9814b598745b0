using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Running;

namespace Infra.Operations.Healing;

/// <summary>
/// Keeps the proxy to the healthy ones of several containers while one of them is unhealthy or starts again, until all are well or
/// none is. Under Compose: under Pulumi a step says what the proxy keeps to. Never while another command changes the stack.
/// </summary>
internal sealed class HealthyReplicas
{
    // How long its end may wait for another command, which lets the proxy use every container when it ends.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly Docker docker;
    private readonly Topology topology;
    private readonly HealLog log;
    private readonly Func<CancellationToken, Task<IDisposable?>> takeLock;
    private readonly ImmutableArray<ServiceSpec> behind;

    // Each service whose proxy may be kept to some, and which of its containers it leaves out, as far as this healer has done it.
    private readonly Dictionary<string, string> kept;
    private Task last = Task.CompletedTask;
    private int isDue;

    public HealthyReplicas(Docker docker, Topology topology, HealLog log, Func<CancellationToken, Task<IDisposable?>> takeLock)
    {
        (this.docker, this.topology, this.log, this.takeLock) = (docker, topology, log, takeLock);
        behind =
        [
            .. topology.Services.Where(service => service.Replacement == Replacement.StartFirst
                && topology.Services.Any(proxy => proxy.Routes.Any(route => route.Service == service.Name))),
        ];
        // One before this one may have been killed in between.
        kept = behind.ToDictionary(service => service.Name, _ => "", StringComparer.Ordinal);
    }

    /// <summary>Whether a change of this service may change whom a proxy asks.</summary>
    public bool Concerns(string service)
        => behind.Any(each => each.Name == service)
            || (!behind.IsEmpty && topology.Find(service)?.Routes.Any(route => behind.Any(each => each.Name == route.Service)) == true);

    /// <summary>Looks at all of them, after what is being done now: nothing waits for it.</summary>
    public void Look(CancellationToken cancellationToken)
    {
        // One that has not begun sees this change, too.
        if (!behind.IsEmpty && Interlocked.Exchange(ref isDue, 1) == 0) last = AfterAsync(last, cancellationToken);
    }

    /// <summary>Lets the proxies use every container again: nobody would see that they are well.</summary>
    public async Task EndAsync()
    {
        await ((Task)last).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var own = behind.Where(service => kept.GetValueOrDefault(service.Name) is { Length: > 0 }).ToArray();
        if (own.Length == 0) return;
        using var limit = new CancellationTokenSource(Farewell);
        try
        {
            using (await takeLock(limit.Token))
            {
                var existing = await docker.ContainersAsync(topology.Naming, limit.Token);
                foreach (var service in own)
                    if (Before(service, existing) is { } proxy) await proxy.UseEveryAsync(limit.Token);
            }
        }
        catch (Exception error) when (error is UserErrorException or OperationCanceledException)
        {
            // The next `up`, `heal` or `restart` does it.
        }
    }

    private async Task AfterAsync(Task before, CancellationToken cancellationToken)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Exchange(ref isDue, 0);
        try
        {
            if (!IsToChange(await docker.ContainersAsync(topology.Naming, cancellationToken))) return;
            using (await takeLock(cancellationToken))
            {
                // What comes from here on is seen by the next look.
                var existing = await docker.ContainersAsync(topology.Naming, cancellationToken);
                foreach (var service in behind) await KeepAsync(service, existing, cancellationToken);
            }
        }
        catch (UserErrorException error)
        {
            log.Write(new HealLine(null, "engine-away", "wait", Detail: error.Message));
        }
    }

    private bool IsToChange(ImmutableArray<ContainerState> existing)
        => behind.Any(service => Before(service, existing) is not null
            && (kept.ContainsKey(service.Name) || (Up(service, existing) is var up && up.Any(IsWell) && !up.All(IsWell))));

    private async Task KeepAsync(ServiceSpec service, ImmutableArray<ContainerState> existing, CancellationToken cancellationToken)
    {
        var up = Up(service, existing);
        if (up.IsEmpty || Before(service, existing) is not { } proxy) return;
        var well = up.Where(IsWell).ToImmutableArray();
        kept.TryGetValue(service.Name, out var said);
        if (well.Length == up.Length || well.IsEmpty)
        {
            if (said is null) return;
            await proxy.UseEveryAsync(cancellationToken);
            kept.Remove(service.Name);
            if (said is { Length: > 0 }) log.Write(new HealLine(service.Name, well.IsEmpty ? "unhealthy" : "healthy", "admit"));
        }
        else
        {
            // Each time: another command may have let it use every container.
            await proxy.UseOnlyAsync(well, cancellationToken);
            var left = string.Join(", ", up.Except(well).Select(container => container.Title));
            if (said == left) return;
            kept[service.Name] = left;
            var seen = up.Any(container => container.Health == "unhealthy") ? "unhealthy" : "starting";
            log.Write(new HealLine(service.Name, seen, "eject", Detail: $"The proxy sends no requests to {left} until healthy."));
        }
    }

    private RunningProxy? Before(ServiceSpec service, ImmutableArray<ContainerState> existing)
        => RunningProxy.Before(service, topology, existing) is { Container.Engine: EngineKind.Compose } proxy
            ? new RunningProxy(docker, proxy.Route, proxy.Container)
            : null;

    private static ImmutableArray<ContainerState> Up(ServiceSpec service, ImmutableArray<ContainerState> existing)
        => [.. existing.Where(container => container.Service == service.Name && container.IsUp)];

    private static bool IsWell(ContainerState container) => container.IsWell;
}
