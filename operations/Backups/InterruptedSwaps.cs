using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Backups;

/// <summary>Settles what an interrupted restore, by a power failure say, has left half swapped.</summary>
internal sealed class InterruptedSwaps(IShell shell, Naming naming, SwapNote note, TextWriter output)
{
    private readonly Docker docker = new(shell);

    /// <summary>Puts back what was there.</summary>
    /// <exception cref="UserErrorException">Some of it cannot be put back, or is in use; all of it is named.</exception>
    public async Task SettleAsync()
    {
        var faults = new List<string>();
        foreach (var swap in note.Read())
        {
            if (await FaultAsync(swap) is { } fault) faults.Add($"{swap.Part}: A restore was interrupted while it replaced the data{fault}");
            else note.Remove(swap.Part);
        }

        if (faults.Count > 0) throw UserErrorException.Failed(faults);
    }

    private async Task<string?> FaultAsync(Swap swap)
    {
        if (!(await VolumesAsync()).IsSupersetOf(swap.Volumes)) return null;
        foreach (var volume in swap.Volumes)
        {
            var users = Docker.Lines(await docker.RunAsync(["ps", "--filter", $"volume={volume}", "--format", "{{.Names}}"], CancellationToken.None));
            if (users.Length > 0)
                return $", and {string.Join(", ", users)} uses what it left. "
                    + $"Stop it ('docker stop {string.Join(' ', users)}'), and run the same command again.";
        }

        var undone = await docker.RunAsync(swap.Undo, CancellationToken.None);
        if (!undone.Succeeded)
            return ", and the old data cannot be put back: "
                + $"{undone.Reason} Restore it again ('./infra.sh restore {naming.Stack} newest {swap.Part}') before anything uses it.";
        output.WriteLine(
            $"{swap.Part}: A restore was interrupted while it replaced the data. "
                + "The data is complete again: the old data, or the restored data where all of it was in place."
        );
        return null;
    }

    // A removed volume has nothing left to settle, and mounting it would create it again.
    private async Task<ImmutableHashSet<string>> VolumesAsync() => [.. await docker.VolumesAsync(CancellationToken.None)];
}
