using System.Collections.Immutable;

namespace Infra.Backups;

/// <summary>
/// A note of the containers that a restore has stopped and not started again, or a backup has frozen, a line each: where the process
/// itself is killed, the next command on the stack lets them run on.
/// </summary>
public sealed class StoppedNote(Workspace workspace, string stack)
{
    private readonly string path = Path.Combine(workspace.Absolute(Workspace.StateOf(stack)), "stopped");

    /// <summary>The note of what a restore is putting in the place of other data.</summary>
    public SwapNote Swaps { get; } = new(Path.Combine(workspace.Absolute(Workspace.StateOf(stack)), "swaps"));

    /// <summary>Whether nothing was left half done.</summary>
    public bool IsEmpty => Read().IsEmpty && Swaps.Read().IsEmpty;

    /// <summary>Their ids.</summary>
    public ImmutableHashSet<string> Read() => File.Exists(path) ? [.. File.ReadAllLines(path).Where(line => line.Length > 0)] : [];

    /// <summary>Notes one that is about to be stopped, or frozen.</summary>
    public void Add(string container)
    {
        OwnFolder.Make(Path.GetDirectoryName(path)!);
        File.AppendAllText(path, container + "\n");
    }

    /// <summary>Takes one off that runs again.</summary>
    public void Remove(string container) => Keep(Read().Remove(container));

    /// <summary>Takes all off but these.</summary>
    public void Keep(ImmutableHashSet<string> containers)
    {
        if (!containers.IsEmpty) File.WriteAllLines(path, containers);
        else if (File.Exists(path)) File.Delete(path);
    }
}
