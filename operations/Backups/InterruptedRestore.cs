using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;

namespace Infra.Operations.Backups;

/// <summary>Clears away what a restore that was killed has put beside the data, and says which data it may not have restored.</summary>
public sealed class InterruptedRestore(IShell shell, Topology topology, RestoreNote note, SwapNote swaps, TextWriter output)
{
    private readonly RestoreSteps steps = new(shell, topology.Naming, swaps);

    /// <summary>Clears what can be cleared while these containers are as they are; the rest is for the next call.</summary>
    public async Task ClearAsync(ImmutableArray<ContainerState> containers, CancellationToken cancellationToken)
    {
        if (note.Backup is not { } backup) return;
        var parts = BackupPart.From(topology).ToDictionary(part => part.File, StringComparer.Ordinal);
        var left = note.Files.Select(file => parts.GetValueOrDefault(file)?.Name ?? file).ToArray();
        var isCleared = true;
        foreach (var file in note.Files)
            if (parts.TryGetValue(file, out var part)) isCleared &= await ClearAsync(part, containers, cancellationToken);
        if (!isCleared) return;
        note.End();
        if (left.Length > 0)
            output.WriteLine($"{topology.Naming.Name}: A restore from {backup} was killed. It may not have restored "
                + $"{string.Join(", ", left)}. To restore all of it, run './infra.sh restore {topology.Naming.Stack} {backup}'.");
    }

    private async Task<bool> ClearAsync(BackupPart part, ImmutableArray<ContainerState> containers, CancellationToken cancellationToken)
    {
        var usable = containers.Where(container => container.Service == part.Service.Name && (container.IsRunning || part.RestoresStopped));
        if (usable.FirstOrDefault() is not { } container) return false;
        var image = part.RestoresStopped
            ? await PartImage.FindAsync(new Docker(shell), topology.Naming, part, container, cancellationToken)
            : null;
        if (part.RestoresStopped && image is null) return false;
        var cleared = await steps.RunAsync(part, container, image, "drop");
        if (!cleared.Succeeded) output.WriteLine($"{part.Name}: What a killed restore left there cannot be removed: {cleared.Reason}");
        return cleared.Succeeded;
    }
}
