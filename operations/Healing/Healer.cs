using System.Collections.Concurrent;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Healing;

/// <summary>
/// Follows the engine's events of a stack and restarts what stays unhealthy, or ended and is not started again by the engine. Until
/// that has helped, the proxy keeps to the others of the same service.
/// What was stopped by hand stays stopped, and a completed step is left alone.
/// </summary>
public sealed class Healer
{
    private static readonly TimeSpan EnginePause = TimeSpan.FromSeconds(2);
    private readonly Topology topology;
    private readonly TimeProvider clock;
    private readonly Func<TimeSpan, CancellationToken, Task> wait;
    private readonly ConcurrentDictionary<string, Task> treatments = new(StringComparer.Ordinal);
    private readonly EventLoop loop;
    private readonly Stops stops;
    private readonly HealLog log;
    private readonly WatchedContainers watched;
    private readonly Treatment treatment;
    private readonly HealthyReplicas replicas;
    private bool isAway;

    /// <param name="shell">Runs Docker's client.</param>
    /// <param name="topology">The stack.</param>
    /// <param name="most">How often in a row a service is restarted before a pause of an hour.</param>
    /// <param name="output">Takes a line of JSON for each thing that is seen or done.</param>
    /// <param name="clock">Tells the time.</param>
    /// <param name="wait">Lets a pause go by.</param>
    /// <param name="takeLock">Takes the right to change the stack.</param>
    public Healer(IShell shell, Topology topology, int most, TextWriter output, TimeProvider clock, Func<TimeSpan, CancellationToken, Task> wait,
        Func<CancellationToken, Task<IDisposable?>> takeLock)
    {
        (this.topology, this.clock, this.wait) = (topology, clock, wait);
        loop = new EventLoop(shell, topology.Naming, clock);
        stops = new Stops(clock);
        log = new HealLog(output, clock);
        var docker = new Docker(new BoundedShell(shell, Treatment.Answer));
        watched = new WatchedContainers(docker, topology, stops);
        replicas = new HealthyReplicas(docker, topology, log, takeLock);
        treatment = new Treatment(shell, topology, watched, stops, log, most, clock, wait, takeLock);
    }

    /// <summary>Looks once and restarts what is unhealthy, as often as is allowed: stopped services too, and each after those it waits for.</summary>
    /// <returns>Whether every service is healthy at the end.</returns>
    public async Task<bool> OnceAsync(CancellationToken cancellationToken)
    {
        for (var helped = new HashSet<string>(StringComparer.Ordinal); ;)
        {
            var running = await watched.AllAsync(cancellationToken);
            var cases = running.Where(watched.NeedsHelp).ToArray();
            var next = cases.Where(container => !treatment.IsHeldBack(container, running) && helped.Add(container.Id)).ToArray();
            if (next.Length == 0) return cases.Length == 0;
            await Task.WhenAll(next.Select(container => treatment.RunAsync(container, cancellationToken)));
        }
    }

    /// <summary>Goes on until it is cancelled, also past restarts of the engine.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FollowEngineAsync(cancellationToken);
        }
        finally
        {
            await replicas.EndAsync();
        }
    }

    private async Task FollowEngineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                stops.Forget();
                await loop.RunAsync(() => GoRoundAsync(cancellationToken), happening => HandleAsync(happening, cancellationToken), cancellationToken);
            }
            catch (UserErrorException)
            {
                // It hangs, or sends events and answers no request: that counts as an engine that does not answer, too.
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (!isAway) log.Write(new HealLine(null, "engine-away", "wait"));
            isAway = true;
            await wait(EnginePause, cancellationToken);
        }
    }

    private async Task GoRoundAsync(CancellationToken cancellationToken)
    {
        var running = await watched.AllAsync(cancellationToken);
        if (isAway) log.Write(new HealLine(null, "engine-back", "none"));
        isAway = false;
        replicas.Look(cancellationToken);
        foreach (var stopped in running.Where(container => container.WasStopped && stops.WasStopped(container.Id)))
            log.Write(new HealLine(stopped.Title, "stopped", "none", Detail: $"'./infra.sh up {topology.Naming.Stack}' starts it."));
        var ill = running.Where(watched.NeedsHelp).Where(container => !treatment.PatientFor(container.Id).IsGivenUp(clock.GetUtcNow()));
        foreach (var container in ill.Where(container => !treatment.IsHeldBack(container, running))) Treat(container, cancellationToken);
    }

    private async Task HandleAsync(EngineEvent happening, CancellationToken cancellationToken)
    {
        if (!watched.IsWatched(happening.Service)) return;
        stops.Note(happening);
        if (replicas.Concerns(happening.Service)) replicas.Look(cancellationToken);
        switch (happening.Action)
        {
            case "health_status: healthy":
                var patient = treatment.PatientFor(happening.Container);
                if (patient.Attempts > 0)
                    log.Write(new HealLine(await TitleAsync(happening, cancellationToken), "healthy", "none", patient.Attempts));
                patient.Well(clock.GetUtcNow());
                break;
            case "die" when stops.IsRestart(happening.Container):
                break;
            case "die" when stops.IsByHand(happening.Container):
                log.Write(new HealLine(await TitleAsync(happening, cancellationToken), "stopped", "none"));
                break;
            case "die" or "health_status: unhealthy":
                if (await watched.FindAsync(happening.Container, cancellationToken) is { } container) Treat(container, cancellationToken);
                break;
        }
    }

    private async Task<string> TitleAsync(EngineEvent happening, CancellationToken cancellationToken)
        => (await watched.FindAsync(happening.Container, cancellationToken))?.Title ?? happening.Service;

    // One at a time for each container; an event that comes while it is treated is part of the same illness.
    private void Treat(ContainerState container, CancellationToken cancellationToken)
    {
        if (treatments.TryGetValue(container.Id, out var running) && !running.IsCompleted) return;
        treatments[container.Id] = FollowedAsync(container, cancellationToken);
    }

    // Nothing waits for it; the next check sees what is still unhealthy.
    private async Task FollowedAsync(ContainerState container, CancellationToken cancellationToken)
    {
        try
        {
            await treatment.RunAsync(container, cancellationToken);
        }
        catch (UserErrorException error)
        {
            log.Write(new HealLine(container.Title, "engine-away", "wait", Detail: error.Message));
        }
    }
}
