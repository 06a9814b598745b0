using Infra.Operations.Project;

namespace Infra.Operations.Builds;

/// <summary>
/// A note of the images that a stack's registry has been given from here, a line each of its tag and id: that one lies on the engine
/// does not say so, since <c>build</c> leaves it there and goes no further.
/// </summary>
internal sealed class PushedImages(Workspace workspace, string stack)
{
    // Images are pushed side by side.
    private static readonly Lock Writing = new();
    private readonly string path = workspace.Absolute($"{Workspace.StateOf(stack)}/pushed");

    /// <summary>Whether this is what was pushed last under the tag.</summary>
    public bool Has(string tag, string id) => Lines().Contains(Line(tag, id));

    /// <summary>Notes that it was pushed.</summary>
    public void Add(string tag, string id)
    {
        lock (Writing)
        {
            var lines = Lines().Where(line => !line.StartsWith(tag + " ", StringComparison.Ordinal)).Append(Line(tag, id)).ToArray();
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllLines(path + ".new", lines);
            File.Move(path + ".new", path, overwrite: true);
        }
    }

    private static string Line(string tag, string id) => $"{tag} {id}";

    private string[] Lines() => File.Exists(path) ? File.ReadAllLines(path) : [];
}
