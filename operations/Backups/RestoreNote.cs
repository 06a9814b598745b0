using System.Collections.Immutable;
using Infra.Operations.Project;

namespace Infra.Operations.Backups;

/// <summary>
/// A note of a restore that was started: the backup, and those of its files that are not in place yet, a line each. It is gone
/// with the restore's end, whatever that is; one that was killed leaves it.
/// </summary>
public sealed class RestoreNote(Workspace workspace, string stack)
{
    private readonly string path = Path.Combine(workspace.Absolute(Workspace.StateOf(stack)), "restoring");

    /// <summary>The backup's folder; nothing where no restore was killed.</summary>
    public string? Backup => Lines() is [var backup, ..] ? backup : null;

    /// <summary>The names of the files that have not taken their places.</summary>
    public ImmutableArray<string> Files => [.. Lines().Skip(1)];

    /// <summary>Notes that it begins.</summary>
    public void Begin(RestorePlan plan)
    {
        OwnFolder.Make(Path.GetDirectoryName(path)!);
        File.WriteAllLines(path, [plan.Backup.Path, .. plan.Steps.Select(step => step.Part.File)]);
    }

    /// <summary>Takes a file off, whose data have taken their place, or of which nothing is left.</summary>
    public void End(string file) => File.WriteAllLines(path, Lines().Where((line, index) => index == 0 || line != file));

    /// <summary>It has ended.</summary>
    public void End()
    {
        if (File.Exists(path)) File.Delete(path);
    }

    private string[] Lines() => File.Exists(path) ? File.ReadAllLines(path) : [];
}
