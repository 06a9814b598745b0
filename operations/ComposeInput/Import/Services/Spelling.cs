using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Operations.ComposeInput.Import.Settings;
using Infra.Stacks.Configuration;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>Spells values as settings have them.</summary>
internal static partial class Spelling
{
    /// <summary>A number of bytes with the largest whole unit.</summary>
    public static string Size(long bytes)
    {
        foreach (var (unit, factor) in new[] { ("GiB", 1L << 30), ("MiB", 1L << 20), ("KiB", 1L << 10) })
            if (bytes >= factor && bytes % factor == 0) return (bytes / factor).ToString(CultureInfo.InvariantCulture) + unit;
        return bytes.ToString(CultureInfo.InvariantCulture) + "b";
    }

    /// <summary>Cores.</summary>
    public static string Cores(decimal cores) => cores.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>Whole seconds, rounded up.</summary>
    public static long Seconds(TimeSpan time) => Math.Max(1, (long)Math.Ceiling(time.TotalSeconds));

    /// <summary>A command: one line where splitting it gives the same words, else a list.</summary>
    public static SettingsNode? Command(ImmutableArray<string> words)
    {
        if (words.IsEmpty) return null;
        words = [.. words.Select(word => Continued().Replace(word, match => match.Value[0] == '\\' ? " " : match.Groups["operator"].Value + " "))];
        var safe = NeedsShell(words) ? ["sh", "-c", "exec \"$@\"", "--", .. words] : words;
        var line = string.Join(' ', safe.Select(word => Spaced().IsMatch(word) ? $"\"{word}\"" : word));
        var isLine = safe.All(word => word.Length > 0 && !word.Any(char.IsControl)) && line.Length <= 120 && safe[^1] != "-c"
            && !ReferenceText.Parse(line).Holes.Any() && safe.Length > 1 && CommandLine.IsClosed(line) && CommandLine.Split(line).SequenceEqual(safe);
        // A script reads better as an argument of its own.
        return isLine && safe is not [_, "-c", ..] ? SettingsNode.Text(line) : safe is [var only] && !only.Any(char.IsWhiteSpace)
            ? SettingsNode.Text(only)
            : SettingsNode.List(safe);
    }

    /// <summary>A text without mentions: braces that would be one are doubled.</summary>
    public static string Literal(string text) => string.Concat(ReferenceText.Parse(text).Parts.Select(part => part switch
    {
        LiteralPart literal => literal.Text,
        var hole => $"{{{hole}}}",
    }));

    // An engine passes these on as they are, and the settings take them for a mistake.
    private static bool NeedsShell(ImmutableArray<string> words) =>
        !IsShell(words[0]) && words.Any(word => Shellish().IsMatch(word));

    private static bool IsShell(string word) => word[(word.LastIndexOf('/') + 1)..] is "sh" or "ash" or "bash" or "dash" or "zsh" or "busybox";

    [GeneratedRegex(@"\$(\w|\{|\()|`|\A(&&|\|\||\||\|&|;|;;|&|>|>>|<|<<|2>&1|&>)\z|\A[0-9]?>{1,2}[\w/&]|\A[\w./-]+;\z")]
    private static partial Regex Shellish();

    // A line that goes on in the next one.
    [GeneratedRegex(@"(?<operator>&&|\|\||\||;|\\)[ \t]*\n\s*")]
    private static partial Regex Continued();

    [GeneratedRegex(@"\A[^""']*\s[^""']*\z")]
    private static partial Regex Spaced();
}
