using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;

namespace Infra.Operations.Healing;

/// <summary>The containers of a stack that the healer cares for, as the engine has them, and which of them need help.</summary>
internal sealed class WatchedContainers(Docker docker, Topology topology, Stops stops)
{
    public async Task<ImmutableArray<ContainerState>> AllAsync(CancellationToken cancellationToken)
        => [.. (await docker.ContainersAsync(topology.Naming, cancellationToken)).Where(container => IsWatched(container.Service))];

    public async Task<ContainerState?> FindAsync(string id, CancellationToken cancellationToken)
        => (await AllAsync(cancellationToken)).FirstOrDefault(container => container.Id == id);

    /// <summary>Whether it is unhealthy, or ended and the engine does not start it again; not what was stopped by hand.</summary>
    public bool NeedsHelp(ContainerState container)
        => container is { IsRunning: true, Health: "unhealthy" } or { Status: "exited" or "dead" } && !stops.IsByHand(container);

    /// <summary>Whether it is one of the stack's long-running services: a step ends, and is meant to.</summary>
    public bool IsWatched(string service) => topology.LongRunning().Any(other => other.Name == service);
}
