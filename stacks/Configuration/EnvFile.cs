using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;

namespace Infra.Stacks.Configuration;

/// <summary>A line of an env file that is none.</summary>
public sealed class EnvFileException(int line, string reason, string action) : Exception($"{reason} {action}")
{
    public int Line { get; } = line;

    public string Reason { get; } = reason;

    public string Action { get; } = action;
}

/// <summary>Reads files of variables in Compose's own syntax, so that the same file does for both.</summary>
public static partial class EnvFile
{
    /// <summary>The variables of a text, each with its line; a name alone, which Compose would take from its caller, is none.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="known">Variables that may be mentioned in it, besides its own earlier ones.</param>
    /// <exception cref="EnvFileException">A line of it cannot be read.</exception>
    public static ImmutableArray<(string Name, string Value, int Line)> Parse(string text, IReadOnlyDictionary<string, string> known)
    {
        var variables = ImmutableArray.CreateBuilder<(string, string, int)>();
        var values = new Dictionary<string, string>(known, StringComparer.Ordinal);
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var at = 0; at < lines.Length; at++)
        {
            var number = at + 1;
            var line = lines[at].TrimStart();
            if (line.Length == 0 || line[0] == '#') continue;
            if (Assignment().Match(line) is not { Success: true } match)
                throw new EnvFileException(number, "This is no variable.", "Write NAME=VALUE.");
            if (!match.Groups["is"].Success) continue;
            var rest = match.Groups["value"].Value;
            var value = rest switch
            {
                ['\'', ..] => Quoted(rest, '\'', lines, ref at),
                ['"', ..] => Filled(Unescaped(Quoted(rest, '"', lines, ref at)), values, number),
                _ => Filled(InlineComment().Replace(rest, "").TrimEnd(), values, number),
            };
            values[match.Groups["name"].Value] = value;
            variables.Add((match.Groups["name"].Value, value, number));
        }

        return variables.ToImmutable();
    }

    // What stands between quotes may have several lines.
    private static string Quoted(string rest, char quote, string[] lines, ref int at)
    {
        var first = at + 1;
        var value = new StringBuilder();
        for (var text = rest[1..]; ; text = lines[++at])
        {
            for (var i = 0; i < text.Length; i++)
                if (text[i] == quote) return value.ToString();
                else if (text[i] == '\\' && quote == '"' && i + 1 < text.Length) value.Append(text[i]).Append(text[++i]);
                else value.Append(text[i]);
            if (at + 1 == lines.Length) throw new EnvFileException(first, "A quote in it is not closed.", "Close it.");
            value.Append('\n');
        }
    }

    // A dollar with a backslash before it stays one, behind a mark that no text has.
    private static string Unescaped(string value) => Escape().Replace(value, match => match.Value[1] switch
    {
        'n' => "\n",
        'r' => "\r",
        't' => "\t",
        '$' => Dollar,
        var other => other is '"' or '\\' or '\'' ? other.ToString() : match.Value,
    });

    private const string Dollar = "\0";

    private static string Filled(string value, Dictionary<string, string> values, int line) => Mention().Replace(value, match =>
    {
        if (match.Value == "$$") return Dollar;
        var name = match.Groups["name"].Value;
        var isSaid = values.TryGetValue(name, out var said) && (match.Groups["kind"].Value is not [':', ..] || said.Length > 0);
        return match.Groups["kind"].Value is { Length: > 0 } kind ? (kind.EndsWith('+') == isSaid ? match.Groups["else"].Value : isSaid ? said! : "")
            : isSaid ? said!
            : throw new EnvFileException(
                line,
                $"'${name}' is not said before it, and nothing comes from the caller's environment, which differs from machine to machine.",
                $"Write its value, or a default: ${{{name}:-VALUE}}. A dollar that is meant stands between single quotes."
            );
    }).Replace(Dollar, "$", StringComparison.Ordinal);

    [GeneratedRegex(@"\A(export\s+)?(?<name>[A-Za-z_][A-Za-z0-9_.-]*)\s*((?<is>[=:])\s*(?<value>.*))?\z", RegexOptions.Singleline)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"(\A|\s+)#.*\z", RegexOptions.Singleline)]
    private static partial Regex InlineComment();

    [GeneratedRegex(@"\\.", RegexOptions.Singleline)]
    private static partial Regex Escape();

    [GeneratedRegex(@"\$\$|\$(?<name>[A-Za-z_][A-Za-z0-9_]*)|\$\{(?<name>[A-Za-z_][A-Za-z0-9_]*)((?<kind>:?[-+])(?<else>[^}]*))?\}")]
    private static partial Regex Mention();
}
