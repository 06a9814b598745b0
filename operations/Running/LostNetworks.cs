using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Project;

namespace Infra.Operations.Running;

/// <summary>
/// Services whose container has lost a network of theirs: it was removed by hand, or the container was taken off it.
/// Compose would start it without, or not at all.
/// </summary>
public static class LostNetworks
{
    /// <summary>Whether the container is on each network of its service.</summary>
    public static bool IsOnAll(ServiceSpec service, ContainerState container, Naming naming)
        => service.Networks.All(place => container.Networks.ContainsKey(naming.Physical(place.Network.Name)));

    /// <summary>Their names. Steps are none of them: one that completed needs no network any more.</summary>
    public static async Task<ImmutableArray<string>> ServicesAsync(
        Docker docker,
        StackContext stack,
        ImmutableArray<ContainerState> existing,
        CancellationToken cancellationToken
    )
    {
        var known = existing.All(container => container.IsUp)
            ? []
            : Docker
                .Lines(await docker.RunAsync(["network", "ls", "--no-trunc", "--quiet"], cancellationToken))
                .ToImmutableHashSet(StringComparer.Ordinal);
        // What was created and never started is recreated anyway.
        existing = [.. existing.Where(container => container.Status != "created")];
        return
        [
            .. stack
                .Topology.Services.Where(service =>
                    !service.IsStep()
                    && existing.Any(container =>
                        container.Service == service.Name
                        && (!IsOnAll(service, container, stack.Naming) || (!container.IsUp && !container.Networks.Values.All(known.Contains)))
                    )
                )
                .Select(service => service.Name),
        ];
    }
}
