using System.Collections.Immutable;
using System.Globalization;
using Infra.Operations.Engine;
using Infra.Operations.Project;

namespace Infra.Operations.Backups;

/// <summary>
/// A note of the containers that a restore has stopped and not started again, or a backup has paused, a line each: where the process
/// itself is killed, the next command on the stack lets them run on. Another one is of those that a <c>down</c> is stopping.
/// </summary>
/// <param name="workspace">Where it lies.</param>
/// <param name="stack">The stack.</param>
/// <param name="name">The file's name.</param>
public sealed class StoppedNote(Workspace workspace, string stack, string name = "stopped")
{
    private const string Frozen = "frozen";
    private readonly string path = Path.Combine(workspace.Absolute(Workspace.StateOf(stack)), name);

    /// <summary>That of what a <c>down</c> is stopping.</summary>
    public static StoppedNote OfDown(Workspace workspace, string stack) => new(workspace, stack, "going-down");

    /// <summary>The note of what a restore is putting in the place of other data.</summary>
    public SwapNote Swaps { get; } = new(Path.Combine(workspace.Absolute(Workspace.StateOf(stack)), "swaps"));

    /// <summary>Whether nothing was left half done.</summary>
    public bool IsEmpty => Read().IsEmpty && Swaps.Read().IsEmpty;

    /// <summary>Their ids.</summary>
    public ImmutableHashSet<string> Read() => [.. Lines().Select(Id)];

    /// <summary>Whether it is noted, and has not started since: what was killed while it stopped it has left the engine at that.</summary>
    public bool IsBeingStopped(ContainerState container) => container.IsUp && Lines().Contains(LineOf(container));

    /// <summary>Notes one that is about to be stopped.</summary>
    public void Add(ContainerState container) => Append(LineOf(container));

    /// <summary>The same, where the stack's folder can be written.</summary>
    public void TryAdd(ContainerState container)
    {
        try
        {
            Add(container);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What it is for is better done without the note than not at all.
        }
    }

    /// <summary>Notes one that is about to be paused.</summary>
    public void AddFrozen(ContainerState container) => Append($"{container.Id} {Frozen}");

    /// <summary>Takes one off that runs again.</summary>
    public void Remove(string container) => Keep(Read().Remove(container));

    /// <summary>Takes all off but these.</summary>
    public void Keep(ImmutableHashSet<string> containers)
    {
        var kept = Lines().Where(line => containers.Contains(Id(line))).ToArray();
        if (kept.Length > 0) File.WriteAllLines(path, kept);
        else if (File.Exists(path)) File.Delete(path);
    }

    // The time of its start says which of its runs is meant.
    private static string LineOf(ContainerState container) => string.Create(CultureInfo.InvariantCulture, $"{container.Id} {container.StartedAt:O}");

    private static string Id(string line) => line.Split(' ')[0];

    private string[] Lines() => File.Exists(path) ? [.. File.ReadAllLines(path).Where(line => line.Length > 0)] : [];

    private void Append(string line)
    {
        OwnFolder.Make(Path.GetDirectoryName(path)!);
        File.AppendAllText(path, line + "\n");
    }
}
