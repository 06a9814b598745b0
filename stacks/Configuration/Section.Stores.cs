using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.Stacks.Configuration;

/// <content>What a store is told in its own words.</content>
internal sealed partial class Section
{
    /// <summary>Parameters by their names, but for those that are kept for the component.</summary>
    public ImmutableSortedDictionary<string, string> Parameters(string key, string sentence, IReadOnlySet<string> own)
        => Parameters(key, sentence, own, ParameterName(), "max_connections");

    /// <summary>The same of a store whose names have hyphens.</summary>
    public ImmutableSortedDictionary<string, string> Directives(string key, string sentence, IReadOnlySet<string> own)
        => Parameters(key, sentence, own, DirectiveName(), "lazyfree-lazy-expire");

    private ImmutableSortedDictionary<string, string> Parameters(string key, string sentence, IReadOnlySet<string> own, Regex names, string sample)
    {
        var map = Map(key, sentence);
        foreach (var (name, value) in map)
            if (!names.IsMatch(name))
                Report($"{key}.{name}", $"'{name}' is not a parameter's name.", $"Write it as the store's documents have it: {sample}.");
            else if (own.Contains(name))
                Report($"{key}.{name}", $"'{name}' is kept for the component's own use.", "Drop it, or use the setting that stands for it.");
            else if (value.Length == 0 || value.Any(char.IsControl))
                Report($"{key}.{name}", "Its value is empty, or more than one line.", "Write one line.");
        return map;
    }

    /// <summary>A folder, or files with different names, below the project.</summary>
    public ImmutableArray<string> InitScripts(string key, string sentence)
    {
        var paths = List(key, sentence).Select(path => path.TrimEnd('/')).ToImmutableArray();
        foreach (var path in paths)
            if (path.Length == 0 || ContainerPaths.Leaves(path) || path.Any(char.IsControl))
                Report(key, $"'{path}' is not below the project.", "Write a path relative to the project's root: database/init.");
            else if (Directory.Exists(System.IO.Path.Combine(source.Root, path)) && paths.Length > 1)
                Report(key, $"'{path}' is a folder, and takes the place of the others.", "Write one folder, or files.");
            else if (Directory.Exists(System.IO.Path.Combine(source.Root, path)) && path.Split('/')[^1].Contains('.', StringComparison.Ordinal))
                Report(key, $"The folder '{path}' is called as a file is.", "Give it a name without a dot.");
            else if (!Directory.Exists(System.IO.Path.Combine(source.Root, path)) && !Script().IsMatch(path))
                Report(
                    key,
                    $"'{path}' is no folder here, and no script that Postgres' image runs.",
                    "Write a folder, or files *.sql, *.sql.gz, *.sh."
                );
        if (paths.Select(path => path.Split('/')[^1]).Distinct().Count() < paths.Length)
            Report(key, "Two of them have the same name.", "Give each its own.");
        return paths;
    }

    /// <summary>Names that a store knows, each once.</summary>
    public ImmutableArray<string> StoreNames(string key, int longest, string sentence)
    {
        var names = List(key, sentence);
        foreach (var name in names.Where(name => !Plain().IsMatch(name) || name.Length > longest || Reserved().IsMatch(name)))
            Report(
                key,
                $"'{name}' is not a name that every client understands, or is kept for the store's own use.",
                FormattableString.Invariant($"Write at most {longest} letters, digits, '_' and '-', a letter or '_' first.")
            );
        return [.. names.Distinct()];
    }

    /// <summary>A virtual host of a broker's.</summary>
    public string VirtualHost(string key, string usual, string sentence)
        => Matching(key, TextOr(key, usual, sentence), HostPath(), "a virtual host's name", "Write letters, digits, '_', '.', '-' and '/'.") ?? usual;

    /// <summary>A URL's scheme.</summary>
    public string Scheme(string key, string usual, string sentence)
        => Matching(key, TextOr(key, usual, sentence), SchemeName(), "a URL's scheme", "Write what stands before '://': https.") ?? usual;

    /// <summary>A broker's definitions, the text of a file; none where it is not set, or is no such file.</summary>
    public string? Definitions(string key, string sentence)
    {
        Declare(key, SettingKinds.Path, null, sentence, StackKinds.All);
        if (FileBelow(key, "Write its path relative to the project's root: rabbitmq/definitions.json.") is not var (name, text)) return null;
        var wrong = BrokerDefinitions.Fault(text);
        if (wrong is var (what, then)) Report(key, $"'{name}': {what}", then);
        return wrong is null ? text : null;
    }

    [GeneratedRegex(@"\A[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)*\z")]
    private static partial Regex ParameterName();

    [GeneratedRegex(@"\A[a-z][a-z0-9-]*\z")]
    private static partial Regex DirectiveName();

    [GeneratedRegex(@"\.(sql|sql\.gz|sql\.xz|sql\.zst|sh)\z")]
    private static partial Regex Script();

    [GeneratedRegex(@"\A[a-z][a-z0-9+.-]{0,40}\z")]
    private static partial Regex SchemeName();

    [GeneratedRegex(@"\A[A-Za-z0-9_./-]{1,100}\z")]
    private static partial Regex HostPath();
}
