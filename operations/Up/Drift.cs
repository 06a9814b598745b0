using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Operations.Project;
using Infra.Operations.Running;
using Infra.Operations.SecretValues;

namespace Infra.Operations.Up;

/// <summary>What differs between the stack as it should run and as it is.</summary>
public sealed class Drift(Workspace workspace, Docker docker, StackContext stack, LastApply applied)
{
    /// <summary>Whether nothing does: same file, same secrets, each service healthy on the image it should have.</summary>
    public async Task<bool> IsNoneAsync(
        string compose, ComposeProject project, StackSecrets secrets, ImmutableArray<ContainerState> existing, CancellationToken cancellationToken)
    {
        var services = stack.Topology.Services;
        if (applied.Compose != ComposeProject.Digest(compose) || existing.Length != services.Sum(service => service.Containers())
            || !existing.All(IsAsApplied)) return false;
        if (project.Files.Any(file => !File.Exists(workspace.Absolute(file.Path)))) return false;
        var digests = secrets.Digests.For(stack.Topology);
        if (!existing.All(container => applied.HasRead(container, digests)) || existing.Any(container => IsElsewhere(workspace, container)))
            return false;
        var images = await DesiredState.ImagesAsync(docker, stack, cancellationToken);
        return services.All(service =>
            existing.Count(container => container.Service == service.Name && images.GetValueOrDefault(service.Name) == container.ImageId)
                == service.Containers()
        );
    }

    /// <summary>Whether it mounts files of another folder than the project's: of the place where that was before, or of another checkout.</summary>
    public static bool IsElsewhere(Workspace workspace, ContainerState container)
        => container.Folder is { } folder && folder != workspace.Root && RealPath.Resolve(folder) != RealPath.Resolve(workspace.Root);

    private bool IsAsApplied(ContainerState container) =>
        container.IsWell
        && container.Engine == EngineKind.Compose
        && stack.Topology.Find(container.Service) is { } service
        && (service.IsStep() || LostNetworks.IsOnAll(service, container, stack.Naming))
        && applied.Hashes.GetValueOrDefault(container.Service) == container.ConfigHash;
}
