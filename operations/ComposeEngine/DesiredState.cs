using System.Collections.Immutable;
using Infra.Operations.Engine;
using Infra.Operations.Project;

namespace Infra.Operations.ComposeEngine;

/// <summary>What each service's container must have been made from.</summary>
/// <param name="Hashes">Compose's hash of each service's configuration.</param>
/// <param name="Images">The id of each service's image.</param>
/// <param name="Changed">The services whose files have changed, or that have lost a network: Compose would not notice.</param>
public sealed record DesiredState(
    ImmutableSortedDictionary<string, string> Hashes,
    ImmutableDictionary<string, string> Images,
    ImmutableHashSet<string> Changed
)
{
    /// <summary>Whether this container was made from just that.</summary>
    public bool IsMetBy(ContainerState container) => !Changed.Contains(container.Service)
        && Hashes.GetValueOrDefault(container.Service) == container.ConfigHash && Images.GetValueOrDefault(container.Service) == container.ImageId;

    /// <summary>The id of each service's image, where the engine has it.</summary>
    public static async Task<ImmutableDictionary<string, string>> ImagesAsync(Docker docker, StackContext stack, CancellationToken cancellationToken)
    {
        var services = stack.Topology.Services;
        var images = await docker.ImagesAsync(services.Select(service => stack.Naming.Reference(service.Image)), cancellationToken);
        return services.Select(service => (service.Name, Found: images.TryGetValue(stack.Naming.Reference(service.Image), out var image), image.Id))
            .Where(service => service.Found).ToImmutableDictionary(service => service.Name, service => service.Id, StringComparer.Ordinal);
    }
}
