using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Running;

namespace Infra.Operations.Restarts;

/// <summary>Restarts services without recreating them, under either engine: each after those it waits for are healthy again.</summary>
public sealed class RestartCommand(Docker docker, StackContext stack, IUpView view, TimeProvider clock, Func<TimeSpan, CancellationToken, Task> wait)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LeastPatience = TimeSpan.FromSeconds(60);

    /// <exception cref="UserErrorException">A service is a step, could not be started again, or did not become healthy again.</exception>
    public async Task RunAsync(ImmutableArray<ContainerState> containers, CancellationToken cancellationToken)
    {
        string[] lost = [.. containers.Select(container => LostMounts.Find(stack.Topology, container)).OfType<string>()];
        if (lost.Length > 0) throw UserErrorException.BadInput([.. lost, "Nothing was restarted."]);
        foreach (var container in InStartOrder(containers)) await WithoutRequestsAsync(container, cancellationToken);
    }

    // One after the other, those of a service too: the others do its work meanwhile.
    private IEnumerable<ContainerState> InStartOrder(ImmutableArray<ContainerState> containers)
    {
        var order = stack.Topology.InStartOrder().Select(service => service.Name).ToList();
        // What is no longer in the stack waits for nothing.
        return containers.OrderBy(container => order.IndexOf(container.Service)).ThenBy(container => container.Place);
    }

    // Where others of its service are well, the proxy keeps to them until it is healthy again.
    private async Task WithoutRequestsAsync(ContainerState container, CancellationToken cancellationToken)
    {
        if (container.Place is null || await OthersAsync(container, cancellationToken) is not { } others)
        {
            await RestartAsync(container, cancellationToken);
            return;
        }

        await others.Proxy.UseOnlyAsync(others.Containers, cancellationToken);
        try
        {
            await others.Proxy.DrainAsync(container, cancellationToken);
            await RestartAsync(container, cancellationToken);
        }
        finally
        {
            await others.Proxy.UseEveryAsync(CancellationToken.None);
        }
    }

    private async Task<(RunningProxy Proxy, ImmutableArray<ContainerState> Containers)?> OthersAsync(
        ContainerState container,
        CancellationToken cancellationToken
    )
    {
        var existing = await docker.ContainersAsync(stack.Naming, cancellationToken);
        ImmutableArray<ContainerState> others =
            [.. existing.Where(other => other.Service == container.Service && other.Id != container.Id && other.IsWell)];
        // Under Pulumi a step says what the proxy keeps to, and no other command.
        return
            others is [{ Engine: EngineKind.Compose }, ..]
            && stack.Topology.Find(container.Service) is { Replacement: Replacement.StartFirst } service
            && RunningProxy.Before(service, stack.Topology, existing) is { } proxy
            ? (new RunningProxy(docker, proxy.Route, proxy.Container), others)
            : null;
    }

    private async Task RestartAsync(ContainerState container, CancellationToken cancellationToken)
    {
        view.Show(container.Title, "restarting");
        var result = await docker.RunAsync(["restart", container.Id], cancellationToken);
        if (!result.Succeeded) throw UserErrorException.Failed($"{container.Title}: It was not restarted: {result.Reason}");
        await WellAsync(container, cancellationToken);
    }

    private async Task WellAsync(ContainerState restarted, CancellationToken cancellationToken)
    {
        var patience = stack.Topology.Find(restarted.Service)?.Health is { } probe && probe.Patience > LeastPatience ? probe.Patience : LeastPatience;
        var begun = clock.GetTimestamp();
        while (true)
        {
            var now =
                (await docker.ContainersAsync(stack.Naming, cancellationToken)).FirstOrDefault(container => container.Id == restarted.Id)
                ?? throw UserErrorException.Failed(
                    $"{restarted.Title}: It was removed meanwhile. './infra.sh up {stack.Name}' recreates it."
                );
            view.Show(now.Title, now.Word);
            if (now.IsWell) return;
            if (now.Health == "unhealthy" || !now.IsUp || clock.GetElapsedTime(begun) > patience)
                throw UserErrorException.Failed([
                    $"{now.Title}: It did not become healthy again.",
                    .. await FailureReport.OfAsync(docker, stack.Topology, now, cancellationToken),
                ]);
            await wait(Look, cancellationToken);
        }
    }
}
