using System.Collections.Immutable;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

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
        foreach (var group in InStartOrder(containers))
        {
            foreach (var container in group) view.Show(container.Service, "restarting");
            var result = await docker.RunAsync(["restart", .. group.Select(container => container.Id)], cancellationToken);
            if (!result.Succeeded) throw UserErrorException.Failed($"{group.Key}: It was not restarted: {result.Reason}");
            foreach (var container in group) await WellAsync(container, cancellationToken);
        }
    }

    private IEnumerable<IGrouping<string, ContainerState>> InStartOrder(ImmutableArray<ContainerState> containers)
    {
        var order = stack.Topology.InStartOrder().Select(service => service.Name).ToList();
        // What is no longer in the stack waits for nothing.
        return containers.GroupBy(container => container.Service).OrderBy(group => order.IndexOf(group.Key));
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
                    $"{restarted.Service}: It was removed meanwhile. './infra.sh up {stack.Name}' recreates it."
                );
            view.Show(now.Service, now.Word);
            if (now.IsWell) return;
            if (now.Health == "unhealthy" || !now.IsUp || clock.GetElapsedTime(begun) > patience)
                throw UserErrorException.Failed([
                    $"{now.Service}: It did not become healthy again.",
                    .. await FailureReport.OfAsync(docker, stack.Topology, now, cancellationToken),
                ]);
            await wait(Look, cancellationToken);
        }
    }
}
