using Infra.Engine;
using Infra.Model;

namespace Infra.Backups;

/// <summary>What a backup or a restore that was killed has left at the engine, and no other command can do its work beside.</summary>
public static class KilledWork
{
    /// <summary>Ends the containers in which a restore is still at work, and lets run on what a backup has frozen. Only for who has the stack's lock.</summary>
    public static async Task EndAsync(IShell shell, Naming naming, StoppedNote note, TextWriter output, CancellationToken cancellationToken)
    {
        var noted = note.Read();
        if (noted.IsEmpty) return;
        var docker = new Docker(shell);
        var containers = await docker.ContainersAsync(naming, cancellationToken);
        await new RestoreSteps(shell, naming).EndLeftoversAsync(containers);
        foreach (var frozen in containers.Where(container => noted.Contains(container.Id) && container.Status == "paused"))
        {
            var thawed = await docker.RunAsync(["unpause", frozen.Id], CancellationToken.None);
            if (!thawed.Succeeded) throw Cli.CliException.Failure($"{frozen.Service}: A backup that was killed has left it frozen, and it does not run on: {thawed.Reason}");
            note.Remove(frozen.Id);
            output.WriteLine($"{frozen.Service}: A backup that was killed has left it frozen; it runs on.");
        }
    }
}
