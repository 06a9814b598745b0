using System.Collections.Immutable;
using Infra.Engine;
using Infra.Model;

namespace Infra.Up;

/// <summary>What differs between the stack as it is to run and as it stands.</summary>
public sealed class Difference(Workspace workspace, Docker docker, StackContext stack, Applied applied)
{
    /// <summary>Whether nothing does: same file, same secrets, each service running well from the image it should.</summary>
    public async Task<bool> IsNoneAsync(
        string compose, ComposeProject project, StackSecrets secrets, ImmutableArray<ContainerState> standing, CancellationToken cancel)
    {
        var services = stack.Topology.Services;
        if (applied.Compose != ComposeProject.Digest(compose) || standing.Length != services.Length || !standing.All(IsAsApplied)) return false;
        if (project.Files.Any(file => !File.Exists(workspace.Absolute(file.Path))
            || applied.Files.GetValueOrDefault(file.Name) != ComposeProject.Digest(file.Content.Render(secrets.ReadOrCreate)))) return false;
        var images = await Desired.ImagesAsync(docker, stack, cancel);
        return services.All(service => standing.Any(container => container.Service == service.Name && images.GetValueOrDefault(service.Name) == container.ImageId));
    }

    /// <summary>The services whose files have changed: Compose mounts them by path and would not notice.</summary>
    public ImmutableArray<string> ToRecreate(ImmutableSortedDictionary<string, string> digests)
    {
        var changed = digests.Where(file => applied.Files.TryGetValue(file.Key, out var before) && before != file.Value).Select(file => file.Key)
            .ToHashSet(StringComparer.Ordinal);
        return changed.Count == 0 ? [] : [.. stack.Topology.Services.Where(service => service.Files.Any(file => IsIn(changed, service, file))).Select(service => service.Name)];
    }

    private static bool IsIn(HashSet<string> changed, ServiceSpec service, ServiceFile file)
        => changed.Contains(file.Name) || changed.Contains($"{service.Name}-{file.Name}");

    private bool IsAsApplied(ContainerState container)
        => container.IsWell && container.Engine == "compose" && stack.Topology.Find(container.Service) is { } service && (service.IsStep() || CutOff.IsOnAll(service, container, stack.Naming)) && applied.Hashes.GetValueOrDefault(container.Service) == container.ConfigHash;
}
