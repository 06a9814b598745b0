using Infra.Model;
using Infra.Operations.Engine;

namespace Infra.Operations.Backups;

/// <summary>Copies what lies on a volume, by the engine itself: it knows the files whatever programs the image has.</summary>
internal sealed class VolumeCopy(IShell shell, Topology topology)
{
    private readonly Docker docker = new(shell);

    public async Task<ShellResult> RunAsync(VolumePart part, ContainerState container, Stream sink, CancellationToken cancellationToken)
    {
        if (LostMounts.Find(topology, container) is null) return await CopyAsync(container.Id, part, sink, cancellationToken);
        if (await PartImage.FindAsync(docker, topology.Naming, part, container, cancellationToken) is not { } image)
            return new ShellResult(
                1,
                "",
                $"The image of '{part.Service.Name}' is not on the engine any more. Run './infra.sh up {topology.Naming.Stack}' first."
            );
        // What it mounts besides is gone, and the engine would not mount it once more. One that is never started has the volume alone.
        var created = await docker.RunAsync(
            ["create", "--pull", "never", "--network", "none", "--label", $"{Labels.Stack}={topology.Naming.Name}",
             "--volume", $"{topology.Naming.Volume(part.Mount.Volume)}:{part.Mount.Target}:ro,nocopy", image, "true"], cancellationToken);
        if (!created.Succeeded) return created;
        var beside = created.Output.Trim();
        try
        {
            return await CopyAsync(beside, part, sink, cancellationToken);
        }
        finally
        {
            await docker.RunAsync(["rm", "--force", "--volumes", beside], CancellationToken.None);
        }
    }

    private Task<ShellResult> CopyAsync(string container, VolumePart part, Stream sink, CancellationToken cancellationToken)
        => shell.StreamAsync(Docker.Program, ["cp", "--archive", $"{container}:{part.Mount.Target}/.", "-"], null, sink, cancellationToken);
}
