using System.Text;
using System.Text.RegularExpressions;
using Infra.Operations.Foundation;

namespace Infra.Operations.Engine;

/// <summary>The patterns of a <c>.dockerignore</c>, last match wins, <c>!</c> takes back.</summary>
public sealed class IgnoreFile
{
    private readonly List<(Regex Pattern, bool Ignored)> rules = [];

    /// <summary>The rules of <c>DOCKERFILE.dockerignore</c>, else <c>.dockerignore</c>, in the context.</summary>
    /// <exception cref="UserErrorException">It cannot be read.</exception>
    public static IgnoreFile Read(string context, string dockerfile) => Parse(Find(context, dockerfile) is { } file ? Lines(file) : []);

    /// <summary>Whether there is such a file.</summary>
    public static bool Exists(string context, string dockerfile) => Find(context, dockerfile) is not null;

    public static IgnoreFile Parse(IEnumerable<string> lines)
    {
        var ignore = new IgnoreFile();
        foreach (var line in lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var negated = line[0] == '!';
            ignore.rules.Add((negated ? CompileException(line[1..].Trim()) : Compile(line), !negated));
        }

        return ignore;
    }

    /// <summary>Whether a later pattern may take back something inside a folder that is left out.</summary>
    public bool HasExceptions => rules.Any(rule => !rule.Ignored);

    /// <summary>Whether the path, relative to the context, is left out.</summary>
    public bool LeavesOut(string path)
    {
        var ignored = false;
        foreach (var (pattern, ignores) in rules)
            if (pattern.IsMatch(path)) ignored = ignores;
        return ignored;
    }

    // An exception with a class or an escape, which are not understood here, takes back everything: at worst too much counts.
    private static Regex CompileException(string pattern) => Compile(pattern.AsSpan().ContainsAny('[', '\\') ? "**" : pattern);

    private static Regex Compile(string pattern)
    {
        var text = new StringBuilder("^");
        var trimmed = pattern.Trim('/');
        for (var at = 0; at < trimmed.Length; at++)
        {
            if (trimmed[at..].StartsWith("**/", StringComparison.Ordinal)) (text, at) = (text.Append("(.*/)?"), at + 2);
            else if (trimmed[at..].StartsWith("**", StringComparison.Ordinal)) (text, at) = (text.Append(".*"), at + 1);
            else if (trimmed[at] == '*') text.Append("[^/]*");
            else if (trimmed[at] == '?') text.Append("[^/]");
            else text.Append(Regex.Escape(trimmed[at].ToString()));
        }

        // A pattern that names a folder leaves out all that is in it.
        return new Regex(text.Append("(/.*)?$").ToString(), RegexOptions.CultureInvariant);
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.ReadAllLines(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw UserErrorException.BadInput($"{file}: It says what goes into the image, and cannot be read: {error.Message} Make it readable.");
        }
    }

    private static string? Find(string context, string dockerfile)
        => new[] { dockerfile + ".dockerignore", ".dockerignore" }.Select(name => Path.Combine(context, name)).FirstOrDefault(File.Exists);
}
