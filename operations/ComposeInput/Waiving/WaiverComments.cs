using System.Text.RegularExpressions;

namespace Infra.Operations.ComposeInput.Waiving;

/// <summary>
/// Waivers in comments of Compose files: <c># infra-waive RULE reason</c> behind a key or on the line above it, for all that stands at
/// the key and below it.
/// </summary>
internal static partial class WaiverComments
{
    /// <summary>All of a file.</summary>
    public static IEnumerable<ComposeWaiver> Read(string file)
    {
        var lines = File.ReadAllLines(file);
        for (var at = 0; at < lines.Length; at++)
        {
            if (Comment().Match(lines[at]) is not { Success: true } comment) continue;
            var key = at;
            while (key < lines.Length && IsNoKey(lines[key])) key++;
            if (key == lines.Length) key = at;
            yield return new ComposeWaiver(
                comment.Groups["rule"].Value,
                comment.Groups["reason"].Value.Trim(),
                file,
                at + 1,
                comment.Groups["mark"].Index + 1
            )
            {
                Lines = (key + 1, LastOf(lines, key) + 1),
            };
        }
    }

    // A key reaches to the next line that is not further in.
    private static int LastOf(string[] lines, int key)
    {
        var indent = Indent(lines[key]);
        var last = key;
        for (var at = key + 1; at < lines.Length; at++)
        {
            if (IsNoKey(lines[at])) continue;
            // The members of a list may stand as far in as their key.
            if (Indent(lines[at]) < indent || (Indent(lines[at]) == indent && (IsMember(lines[key]) || !IsMember(lines[at])))) break;
            last = at;
        }

        return last;
    }

    private static bool IsNoKey(string line) => line.TrimStart() is "" or ['#', ..];

    private static bool IsMember(string line) => line.TrimStart().StartsWith("- ", StringComparison.Ordinal);

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    [GeneratedRegex(@"(?:^|\s)(?<mark>#)\s*infra-waive:?\s+(?<rule>[A-Z][A-Z0-9-]*)\b:?(?<reason>.*)$")]
    private static partial Regex Comment();
}
