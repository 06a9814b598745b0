using Infra.Cli;
using Infra.Engine;
using Infra.Model;

namespace Infra.Up;

/// <summary>Takes a stack down through Compose, found by its labels: its settings and its file need not be there any more.</summary>
public sealed class DownCommand(Workspace workspace, IShell shell, TextWriter output)
{
    public async Task<int> RunAsync(string stack, Naming naming, bool volumes, CancellationToken cancel)
    {
        (await EngineInfo.ProbeAsync(shell, cancel)).Require();
        var docker = new Docker(shell);
        var result = await docker.RunAsync(["compose", "--project-name", naming.Name, "down", "--remove-orphans"], cancel);
        if (!result.Succeeded) throw CliException.Failure($"{naming.Name}: It was not taken down: {result.Reason}");
        File.Delete(workspace.Absolute($"{Workspace.StateOf(stack)}/applied.json"));
        if (volumes) await RemoveVolumesAsync(docker, naming, output, cancel);
        var kept = volumes ? [] : await docker.LabelledAsync("volume", naming, Labels.Stack, cancel);
        output.WriteLine($"{naming.Name}: down.{(kept.Length == 0 ? "" : $" Kept the volumes {string.Join(", ", kept.Select(volume => volume.Name))}; '--volumes' removes them.")}");
        return 0;
    }

    /// <summary>Removes every volume of the stack, whichever engine made it.</summary>
    public static async Task RemoveVolumesAsync(Docker docker, Naming naming, TextWriter output, CancellationToken cancel)
    {
        foreach (var (name, _) in await docker.LabelledAsync("volume", naming, Labels.Stack, cancel))
        {
            var removed = await docker.RunAsync(["volume", "rm", name], cancel);
            if (!removed.Succeeded) throw CliException.Failure($"{name}: The volume was not removed: {removed.Reason}");
            output.WriteLine($"{name}: removed.");
        }
    }
}
