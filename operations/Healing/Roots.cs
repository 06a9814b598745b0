using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;

namespace Infra.Operations.Healing;

/// <summary>Which service is unhealthy because of another one: what waits for a service at its start needs it later too.</summary>
public static class Roots
{
    /// <summary>The first unhealthy service that this one waits for, in the order of the topology; nothing when all are.</summary>
    public static string? Find(string service, Topology topology, ImmutableArray<ContainerState> running)
    {
        var longRunning = topology.LongRunning().Select(each => each.Name).ToHashSet(StringComparer.Ordinal);
        return topology.Find(service)?.WaitsFor.Select(wait => wait.Service).Where(longRunning.Contains)
            .FirstOrDefault(needed => !running.Any(container => container.Service == needed && container is { IsWell: true, FailedProbes: 0 }));
    }
}
