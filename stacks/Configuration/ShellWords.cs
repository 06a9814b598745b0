using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.Stacks.Configuration;

/// <summary>Words that mean something to a shell alone, in a command that no shell reads.</summary>
internal static partial class ShellWords
{
    private static readonly FrozenSet<string> Shells = new[] { "sh", "ash", "bash", "dash", "zsh", "busybox" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Operators = new[]
    {
        "&&",
        "||",
        "|",
        "|&",
        ";",
        ";;",
        "&",
        ">",
        ">>",
        "<",
        "<<",
        "2>&1",
        "&>",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Builtins = new[] { "cd", "exec", "export", "set", "source", "." }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether it is a shell, by its name or path.</summary>
    public static bool IsShell(string program) => Shells.Contains(program[(program.LastIndexOf('/') + 1)..]);

    /// <summary>The first such word, if there is one.</summary>
    public static string? In(ImmutableArray<string> words)
    {
        if (words.IsEmpty || IsShell(words[0]))
            return null;
        return Builtins.Contains(words[0]) || Assignment().IsMatch(words[0])
            ? words[0]
            : words.FirstOrDefault(word => Operators.Contains(word) || Expansion().IsMatch(word) || Redirection().IsMatch(word));
    }

    // PORT=80 before the program
    [GeneratedRegex(@"\A[A-Za-z_]\w*=")]
    private static partial Regex Assignment();

    // $PORT, ${PORT}, $(date), `date`
    [GeneratedRegex(@"\$(\w|\{|\()|`")]
    private static partial Regex Expansion();

    // >/dev/null, 2>>log, migrate;
    [GeneratedRegex(@"\A[0-9]?>{1,2}[\w/&]|\A[\w./-]+;\z")]
    private static partial Regex Redirection();
}
