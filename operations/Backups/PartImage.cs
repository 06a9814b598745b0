using Infra.Model;
using Infra.Operations.Engine;

namespace Infra.Operations.Backups;

/// <summary>The image of a part's service, for a container beside the service's own.</summary>
internal static class PartImage
{
    /// <summary>
    /// Its id, or its name where the id is gone.
    /// Some engines forget an image whose name has moved on, while a container still runs it.
    /// </summary>
    public static async Task<string?> FindAsync(
        Docker docker,
        Naming naming,
        BackupPart part,
        ContainerState container,
        CancellationToken cancellationToken
    )
    {
        foreach (var image in new[] { container.ImageId, naming.Reference(part.Service.Image) })
            if ((await docker.RunAsync(["image", "inspect", "--format", "{{.Id}}", image], cancellationToken)).Succeeded) return image;
        return null;
    }
}
