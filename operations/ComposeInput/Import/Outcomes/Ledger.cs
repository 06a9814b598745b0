using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Model;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import.Outcomes;

/// <summary>What became of each key of one part of a Compose file. What nobody has said anything of is told when it is closed.</summary>
/// <param name="place">The part: <c>services.web</c>.</param>
/// <param name="keys">What stands there.</param>
internal sealed partial class Ledger(string place, JsonObject keys)
{
    private readonly List<KeyOutcome> outcomes = [];
    private readonly HashSet<string> covered = new(StringComparer.Ordinal);

    /// <summary>What was said so far.</summary>
    public IReadOnlyList<KeyOutcome> Outcomes => outcomes;

    /// <summary>It is in the settings.</summary>
    /// <param name="key">The key.</param>
    /// <param name="as">What it is there.</param>
    /// <param name="parts">The keys below it that this is true of; all where there are none.</param>
    public void Carried(string key, string @as, params string[] parts) => Add(new KeyOutcome(OutcomeKind.Carried, place, key, "", @as), parts);

    /// <summary>It is better than it was.</summary>
    public void Improved(string key, string was, string @is, params string[] parts) =>
        Add(new KeyOutcome(OutcomeKind.Improved, place, key, was, @is), parts);

    /// <summary>It is not in the settings.</summary>
    public void NotCarried(string key, string why, string then, params string[] parts) =>
        Add(new KeyOutcome(OutcomeKind.NotCarried, place, key, "", why, then), parts);

    /// <summary>A person has to say something.</summary>
    public void Decide(string key, string what, string then, params string[] parts) =>
        Add(new KeyOutcome(OutcomeKind.Decision, place, key, "", what, then), parts);

    /// <summary>It says nothing of its own: Compose's own default, or a part of what is told elsewhere.</summary>
    public void Pass(string key) => covered.Add(key);

    /// <summary>Says of all that is left that it is not carried, and why.</summary>
    public void Close()
    {
        foreach (var leaf in Leaves(keys, "").Where(leaf => !IsCovered(leaf.Path) && !CanonicalDefaults.Has(leaf.Path, leaf.Value)).ToArray())
        {
            var (why, then) = NotCarriedReasons.Of(place.Split('.')[0], Pattern(leaf.Path));
            outcomes.Add(new KeyOutcome(OutcomeKind.NotCarried, place, Visible.Lines(leaf.Path), "", why, then));
        }
    }

    /// <summary>A path without the numbers of lists: <c>ports[].mode</c>.</summary>
    public static string Pattern(string path) => Number().Replace(path, "[]");

    private void Add(KeyOutcome outcome, string[] parts)
    {
        outcomes.Add(outcome);
        if (parts.Length == 0) covered.Add(outcome.Key);
        foreach (var part in parts) covered.Add($"{outcome.Key}.{part}");
    }

    private bool IsCovered(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOfAny(['.', '['], end - 1))
            if (covered.Contains(path[..end])) return true;
        return false;
    }

    // A list of texts is one thing, and so is an empty map that somebody wrote.
    private static IEnumerable<(string Path, JsonNode Value)> Leaves(JsonObject map, string path)
    {
        foreach (var (key, value) in map)
        {
            var here = path.Length == 0 ? key : $"{path}.{key}";
            switch (value)
            {
                case null: break;
                case JsonObject { Count: 0 } or JsonArray { Count: 0 }: break;
                case JsonObject inner:
                    foreach (var leaf in Leaves(inner, here)) yield return leaf;
                    break;
                case JsonArray list when list.Any(item => item is JsonObject):
                    for (var at = 0; at < list.Count; at++)
                        if (list[at] is JsonObject item)
                            foreach (var leaf in Leaves(item, FormattableString.Invariant($"{here}[{at}]"))) yield return leaf;
                        else if (list[at] is { } other) yield return (FormattableString.Invariant($"{here}[{at}]"), other);
                    break;
                default: yield return (here, value); break;
            }
        }
    }

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex Number();
}

/// <summary>What Compose writes into its canonical form of its own accord.</summary>
internal static class CanonicalDefaults
{
    private static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["ports[].mode"] = "ingress",
        ["ports[].protocol"] = "tcp",
        ["depends_on.*.required"] = "true",
        ["volumes[].bind.create_host_path"] = "true",
        ["build.dockerfile"] = "Dockerfile",
    };

    public static bool Has(string path, JsonNode value)
    {
        var pattern = Ledger.Pattern(path);
        if (pattern.StartsWith("depends_on.", StringComparison.Ordinal)) pattern = $"depends_on.*.{pattern.Split('.')[^1]}";
        return Known.TryGetValue(pattern, out var usual) && ComposeService.TextOf(value) == usual;
    }
}
