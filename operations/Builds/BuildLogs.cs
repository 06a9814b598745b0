using System.Text.RegularExpressions;
using Infra.Operations.Project;

namespace Infra.Operations.Builds;

/// <summary>Sorts what a build of several images says, a step of one beside a step of another, into a log for each, as it comes.</summary>
public sealed partial class BuildLogs : IDisposable
{
    private readonly Dictionary<string, StreamWriter> logs;
    private readonly Dictionary<string, StreamWriter> steps = new(StringComparer.Ordinal);

    public BuildLogs(string folder, IEnumerable<string> images)
    {
        Directory.CreateDirectory(folder);
        logs = images.ToDictionary(image => image, image => new StreamWriter(FileOf(folder, image)) { AutoFlush = true }, StringComparer.Ordinal);
    }

    /// <summary>The folder of a stack's logs, relative to the root.</summary>
    public static string FolderOf(string stack) => $"{Workspace.StateOf(stack)}/builds";

    /// <summary>The log of an image.</summary>
    public static string FileOf(string folder, string image) => Path.Combine(folder, image + ".log");

    /// <summary>Takes a line of BuildKit's plain progress: <c>#8 [web 2/4] RUN …</c> begins a step, and <c>#8 …</c> belongs to it.</summary>
    public void Take(string line)
    {
        var match = Line().Match(line);
        if (!match.Success) return;
        var step = match.Groups["step"].Value;
        // A build of one image does not say which.
        if (logs.Count == 1) steps[step] = logs.Values.Single();
        else if (match.Groups["image"] is { Success: true } image && logs.TryGetValue(image.Value, out var log)) steps[step] = log;
        steps.GetValueOrDefault(step)?.WriteLine(line);
    }

    public void Dispose()
    {
        foreach (var log in logs.Values) log.Dispose();
    }

    [GeneratedRegex(@"^#(?<step>[0-9]+) (?:\[(?<image>[^\] ]+)[^\]]*\])?")]
    private static partial Regex Line();
}
