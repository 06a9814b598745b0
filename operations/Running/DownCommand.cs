using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.Running;

/// <summary>
/// Takes a stack down through Compose, and what Compose does not know by the stack's labels.
/// Its settings need not be right any more.
/// </summary>
public sealed class DownCommand(Workspace workspace, IShell shell, TextWriter output)
{
    public async Task<int> RunAsync(string stack, Naming naming, bool volumes, CancellationToken cancellationToken)
    {
        (await EngineInfo.ProbeAsync(shell, cancellationToken)).Require();
        var docker = new Docker(shell);
        var result = await docker.RunAsync(["compose", "--project-name", naming.Name, "down", "--remove-orphans"], cancellationToken);
        if (!result.Succeeded) throw UserErrorException.Failed($"{naming.Name}: It was not taken down: {result.Reason}");
        await RemoveLabelledAsync(docker, naming, cancellationToken);
        var applied = workspace.Absolute(Workspace.AppliedOf(stack));
        if (File.Exists(applied)) File.Delete(applied);
        if (volumes) await RemoveVolumesAsync(docker, naming, output, cancellationToken);
        var kept = volumes ? [] : await docker.LabelledAsync("volume", naming, Labels.Stack, cancellationToken);
        var hint = kept.Length == 0 ? "" : $" Kept the volumes {string.Join(", ", kept.Select(volume => volume.Name))}; '--volumes' removes them.";
        output.WriteLine($"{naming.Name}: down.{hint}");
        return 0;
    }

    private static async Task RemoveLabelledAsync(Docker docker, Naming naming, CancellationToken cancellationToken)
    {
        var containers = await docker.AllContainersAsync(naming, cancellationToken);
        if (!containers.IsEmpty)
        {
            string[] ids = [.. containers.Select(container => container.Id)];
            // Removed by force alone, a database would be killed in the middle of a write: each has its own grace first.
            await RemoveAsync(docker, naming, ["stop", .. ids], cancellationToken);
            await RemoveAsync(docker, naming, ["rm", "--force", .. ids], cancellationToken);
        }

        var networks = await docker.LabelledAsync("network", naming, Labels.Stack, cancellationToken);
        if (!networks.IsEmpty) await RemoveAsync(docker, naming, ["network", "rm", .. networks.Select(network => network.Name)], cancellationToken);
    }

    private static async Task RemoveAsync(Docker docker, Naming naming, string[] arguments, CancellationToken cancellationToken)
    {
        var removed = await docker.RunAsync(arguments, cancellationToken);
        if (!removed.Succeeded) throw UserErrorException.Failed($"{naming.Name}: Not all of it was removed: {removed.Reason}");
    }

    /// <summary>Removes every volume of the stack, whichever engine made it.</summary>
    public static async Task RemoveVolumesAsync(Docker docker, Naming naming, TextWriter output, CancellationToken cancellationToken)
    {
        foreach (var (name, _) in await docker.LabelledAsync("volume", naming, Labels.Stack, cancellationToken))
        {
            var removed = await docker.RunAsync(["volume", "rm", name], cancellationToken);
            if (!removed.Succeeded) throw UserErrorException.Failed($"{name}: The volume was not removed: {removed.Reason}");
            output.WriteLine($"{name}: removed.");
        }
    }
}
