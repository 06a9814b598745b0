using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.Backups;

/// <summary>What a command that was killed has left at the engine, and no other command can do its work beside.</summary>
public sealed class KilledWork(IShell shell, Workspace workspace, Naming naming, TextWriter output)
{
    // They must go on where nothing can be settled: the one replaces those data, the other may be all that is left to do.
    private static readonly string[] Remedies = ["restore", "down"];

    private readonly Docker docker = new(shell);
    private readonly StoppedNote stopped = new(workspace, naming.Stack);
    private readonly StoppedNote down = StoppedNote.OfDown(workspace, naming.Stack);

    /// <summary>
    /// Waits for Compose where it is still at work, ends the containers in which a restore is, waits for the end of what is being stopped,
    /// settles what a restore has left half swapped, unpauses what a backup has paused, and removes the half of a
    /// backup. Only for who has the stack's lock.
    /// </summary>
    /// <param name="verb">The command that this is done for.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UserErrorException">
    /// Something does not stop, or stays half restored or paused while the command would start what uses it.
    /// </exception>
    public async Task EndAsync(string verb, CancellationToken cancellationToken)
    {
        await ComposeClients.WaitAsync(naming, output, cancellationToken);
        foreach (var swept in Draft.Sweep(BackupStore.FolderOf(workspace, naming.Stack))) output.WriteLine(swept);
        if (stopped.IsEmpty && down.Read().IsEmpty && new RestoreNote(workspace, naming.Stack).Backup is null) return;
        await new RestoreSteps(shell, naming, stopped.Swaps).EndLeftoversAsync();
        var containers = await docker.ContainersAsync(naming, cancellationToken);
        await StopAsync([.. containers.Where(container => stopped.IsBeingStopped(container) || down.IsBeingStopped(container))], cancellationToken);
        down.Keep([]);
        await SettleAsync(verb);
        await ThawAsync(containers);
    }

    // The engine continues the stop without its client: what looks running would end a moment later.
    private async Task StopAsync(ImmutableArray<ContainerState> containers, CancellationToken cancellationToken)
    {
        if (containers.IsEmpty) return;
        var ended = await docker.RunAsync(["stop", .. containers.Select(container => container.Id)], cancellationToken);
        var services = string.Join(", ", containers.Select(container => container.Service));
        if (!ended.Succeeded)
            throw UserErrorException.Failed($"{services}: A command that was killed was stopping this, and it does not stop: {ended.Reason}");
        output.WriteLine($"{services}: A command that was killed was stopping this; it is stopped.");
    }

    private async Task SettleAsync(string verb)
    {
        try
        {
            await new InterruptedSwaps(shell, naming, stopped.Swaps, output).SettleAsync();
        }
        catch (UserErrorException fault) when (Remedies.Contains(verb))
        {
            output.WriteLine(fault.Message);
        }
    }

    private async Task ThawAsync(ImmutableArray<ContainerState> containers)
    {
        var noted = stopped.Read();
        foreach (var frozen in containers.Where(container => noted.Contains(container.Id) && container.Status == "paused"))
        {
            var thawed = await docker.RunAsync(["unpause", frozen.Id], CancellationToken.None);
            if (!thawed.Succeeded)
                throw UserErrorException.Failed(
                    $"{frozen.Service}: A backup that was killed left it paused, and it cannot be unpaused: {thawed.Reason}"
                );
            stopped.Remove(frozen.Id);
            output.WriteLine($"{frozen.Service}: A backup that was killed left it paused; it is running again.");
        }
    }
}
