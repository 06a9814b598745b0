using System.Text.RegularExpressions;
using Infra.Tests.Offline;

namespace Infra.Tests.SettingsMutants;

/// <summary>A real settings file, and the project that it is of.</summary>
/// <param name="Name">Where it stands.</param>
/// <param name="Text">What it says.</param>
/// <param name="Folder">The folder whose content its project has; none where it has the repository's own applications.</param>
internal sealed partial record Source(string Name, string Text, string? Folder)
{
    /// <summary>Every one: the repository's stacks, the shapes of public applications, the examples of the documents in dev and in prod.</summary>
    public static IReadOnlyList<Source> All { get; } = [.. Stacks(), .. Shapes(), .. Examples()];

    private static IEnumerable<Source> Stacks()
        => Directory.EnumerateFiles(Repository.Root, "Pulumi.*.yaml").Order(StringComparer.Ordinal)
            .Select(file => new Source(Path.GetFileName(file), File.ReadAllText(file), null));

    private static IEnumerable<Source> Shapes()
        => Directory.EnumerateDirectories(Repository.PathOf("tests", "Shapes")).Order(StringComparer.Ordinal)
            .Select(folder => (Folder: folder, File: Path.Combine(folder, $"Pulumi.{Path.GetFileName(folder)}.yaml")))
            .Where(shape => File.Exists(shape.File))
            .Select(shape => new Source(Path.GetFileName(shape.File), File.ReadAllText(shape.File), shape.Folder));

    private static IEnumerable<Source> Examples()
    {
        var pages = Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Append(Repository.PathOf("README.md"));
        foreach (var page in pages.Order(StringComparer.Ordinal))
            foreach (Match block in Block().Matches(File.ReadAllText(page)))
                if (block.Groups["yaml"].Value is var yaml && yaml.Contains("infra:services:", StringComparison.Ordinal))
                    foreach (var environment in new[] { "dev", "prod" })
                        yield return new Source($"{Path.GetFileName(page)} in {environment}", Whole(yaml, environment), null);
    }

    private static string Whole(string yaml, string environment)
    {
        var body = yaml.StartsWith("config:", StringComparison.Ordinal) ? yaml[(yaml.IndexOf('\n', StringComparison.Ordinal) + 1)..] : yaml;
        return body.Contains("infra:environment:", StringComparison.Ordinal)
            ? $"config:\n{body}"
            : $"config:\n  infra:environment: {environment}\n{body}";
    }

    [GeneratedRegex(@"^```yaml\n(?<yaml>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();
}
