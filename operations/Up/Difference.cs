using System.Collections.Immutable;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Operations.Project;
using Infra.Operations.Running;
using Infra.Operations.SecretValues;

namespace Infra.Operations.Up;

/// <summary>What differs between the stack as it is to run and as it stands.</summary>
public sealed class Difference(Workspace workspace, Docker docker, StackContext stack, Applied applied)
{
    /// <summary>Whether nothing does: same file, same secrets, each service running well from the image it should.</summary>
    public async Task<bool> IsNoneAsync(
        string compose, ComposeProject project, StackSecrets secrets, ImmutableArray<ContainerState> standing, CancellationToken cancel)
    {
        var services = stack.Topology.Services;
        if (applied.Compose != ComposeProject.Digest(compose) || standing.Length != services.Length || !standing.All(IsAsApplied)) return false;
        if (project.Files.Any(file => !File.Exists(workspace.Absolute(file.Path)))) return false;
        var digests = secrets.Digests.Of(stack.Topology);
        if (!standing.All(container => applied.HasRead(container, digests)) || standing.Any(container => IsElsewhere(workspace, container))) return false;
        var images = await Desired.ImagesAsync(docker, stack, cancel);
        return services.All(service => standing.Any(container => container.Service == service.Name && images.GetValueOrDefault(service.Name) == container.ImageId));
    }

    /// <summary>Whether it mounts files of another folder than the project's: of the place where that was before, or of another checkout.</summary>
    public static bool IsElsewhere(Workspace workspace, ContainerState container)
        => container.Folder is { } folder && folder != workspace.Root && RealPath.Of(folder) != RealPath.Of(workspace.Root);

    private bool IsAsApplied(ContainerState container)
        => container.IsWell && container.Engine == EngineChoice.Compose && stack.Topology.Find(container.Service) is { } service
           && (service.IsStep() || CutOff.IsOnAll(service, container, stack.Naming)) && applied.Hashes.GetValueOrDefault(container.Service) == container.ConfigHash;
}
