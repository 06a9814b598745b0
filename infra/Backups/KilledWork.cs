using Infra.Cli;
using Infra.Engine;
using Infra.Model;

namespace Infra.Backups;

/// <summary>What a backup or a restore that was killed has left at the engine, and no other command can do its work beside.</summary>
public static class KilledWork
{
    // They must go on where nothing can be settled: the one replaces those data, the other may be all that is left to do.
    private static readonly string[] Remedies = ["restore", "down"];

    /// <summary>
    /// Ends the containers in which a restore is still at work, settles what it has left half in the place of other data, and lets run on
    /// what a backup has frozen. Only for who has the stack's lock.
    /// </summary>
    /// <param name="shell">Runs Docker's client.</param>
    /// <param name="naming">The stack's names.</param>
    /// <param name="note">Its notes.</param>
    /// <param name="verb">The command that this is done for.</param>
    /// <param name="output">Where it is told.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CliException">Something stays half restored or frozen, and the command would start what uses it.</exception>
    public static async Task EndAsync(IShell shell, Naming naming, StoppedNote note, string verb, TextWriter output, CancellationToken cancellationToken)
    {
        var (noted, isSwapping) = (note.Read(), !note.Swaps.Read().IsEmpty);
        if (noted.IsEmpty && !isSwapping) return;
        await new RestoreSteps(shell, naming, note.Swaps).EndLeftoversAsync();
        try
        {
            await new InterruptedSwaps(shell, naming, note.Swaps, output).SettleAsync();
        }
        catch (CliException fault) when (Remedies.Contains(verb))
        {
            output.WriteLine(fault.Message);
        }

        var docker = new Docker(shell);
        foreach (var frozen in (await docker.ContainersAsync(naming, cancellationToken)).Where(container => noted.Contains(container.Id) && container.Status == "paused"))
        {
            var thawed = await docker.RunAsync(["unpause", frozen.Id], CancellationToken.None);
            if (!thawed.Succeeded) throw CliException.Failure($"{frozen.Service}: A backup that was killed has left it frozen, and it does not run on: {thawed.Reason}");
            note.Remove(frozen.Id);
            output.WriteLine($"{frozen.Service}: A backup that was killed has left it frozen; it runs on.");
        }
    }
}
