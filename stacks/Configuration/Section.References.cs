using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.Stacks.Configuration;

/// <content>Texts that mention other services.</content>
internal sealed partial class Section
{
    /// <summary>Texts by the names of variables, with references to other services.</summary>
    public ImmutableSortedDictionary<string, ReferenceText> References(string key, string sentence) =>
        Known(key, Named(key, sentence));

    /// <summary>The contents of files by their names, with references to other services.</summary>
    public ImmutableSortedDictionary<string, ReferenceText> Files(string key, string sentence)
    {
        var map = Map(key, sentence);
        var wrong = map.Keys.Where(name => !FileName().IsMatch(name) || name.Split('/').Contains("..")).ToArray();
        foreach (var name in wrong)
            Report(
                $"{key}.{name}",
                $"'{name}' is not the name of a file.",
                "Write letters, digits, '_', '.' and '-', with folders before it where it has any: db_password."
            );
        foreach (var name in map.Keys.Where(name => map.Keys.Any(other => other.StartsWith(name + "/", StringComparison.Ordinal))))
            Report($"{key}.{name}", $"'{name}' is a file, and another lies in a folder of that name.", "Give one of the two another name.");
        return Known(key, map.RemoveRange(wrong));
    }

    private ImmutableSortedDictionary<string, ReferenceText> Known(string key, ImmutableSortedDictionary<string, string> texts)
    {
        var known = ImmutableSortedDictionary.CreateBuilder<string, ReferenceText>(StringComparer.Ordinal);
        foreach (var (name, text) in texts) known[name] = Known($"{key}.{name}", text);
        return known.ToImmutable();
    }

    private ReferenceText Known(string key, string text)
    {
        var parsed = ReferenceText.Parse(text);
        foreach (var hole in parsed.Holes.Where(hole => hole.Service != ReferenceHole.Secrets))
            if (!ReferenceText.Attributes.Contains(hole.What))
                Report(
                    key,
                    $"'{hole}' asks for something that no service has.",
                    $"{Nearest.HintOr(hole.What, ReferenceText.Attributes, $"Known: {string.Join(", ", ReferenceText.Attributes)}.")} "
                        + $"Where the braces are meant as they are, write {{{hole}}}."
                );
            else if (hole is { What: not "url", Scheme: not null } or { What: not "url", Path: not null })
                Report(key, $"'{hole}' has a scheme or a path, which only a URL has.", $"Write {{{hole.Service}.url}}, or leave them out.");
        return parsed;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]*(/[A-Za-z0-9_.][A-Za-z0-9_.-]*)*\z")]
    private static partial Regex FileName();
}
