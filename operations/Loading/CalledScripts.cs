using Infra.Model;

namespace Infra.Operations.Loading;

/// <summary>The scripts that a command runs, and those that they run.</summary>
internal static class CalledScripts
{
    private const int Most = 20;

    /// <summary>Those that are found in the project, each once, the caller before the called, with its path there.</summary>
    /// <param name="text">A command, or several, a line each.</param>
    /// <param name="scripts">Where they are looked for.</param>
    public static IEnumerable<(string Path, string Text)> By(string text, ApplicationScripts scripts) => By(text, scripts, []);

    /// <summary>The lines of a shell's script that it runs, with those that continue one in it.</summary>
    public static IEnumerable<string> Lines(string script) =>
        script.Replace("\\\n", " ", StringComparison.Ordinal).Split('\n').Where(line => !line.TrimStart().StartsWith('#'));

    /// <summary>Whether a shell reads it.</summary>
    public static bool IsOfShell(string path, string text) =>
        path.EndsWith(".sh", StringComparison.Ordinal)
        || (text.StartsWith("#!", StringComparison.Ordinal) && text.Split('\n')[0].Contains("sh", StringComparison.Ordinal));

    private static IEnumerable<(string Path, string Text)> By(string text, ApplicationScripts scripts, HashSet<string> read)
    {
        foreach (var name in Names(text).Distinct())
        {
            if (read.Count == Most || scripts.Find(name) is not { } script || !read.Add(script.Path)) continue;
            yield return script;
            if (!IsOfShell(script.Path, script.Text)) continue;
            foreach (var further in By(script.Text, scripts, read)) yield return further;
        }
    }

    // A script is a path, ends in .sh, or is what is run: the first argument, or the one after a shell or a wrapper's dashes.
    private static IEnumerable<string> Names(string text)
    {
        foreach (var line in Lines(text))
        {
            var words = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.Trim('\'', '"', ';', '(', ')'))
                .ToArray();
            for (var at = 0; at < words.Length; at++)
                if (IsScript(words[at]) || (IsPlain(words[at]) && (at == 0 || words[at - 1] is "--" or "exec" or "sh" or "bash")))
                    yield return words[at];
        }
    }

    private static bool IsScript(string word) =>
        word.EndsWith(".sh", StringComparison.Ordinal)
        || (
            word.Contains('/')
            && !word.Contains(':')
            && !word.Contains('=')
            && !word.StartsWith(ServiceFile.SecretsDirectory, StringComparison.Ordinal)
        );

    private static bool IsPlain(string word) =>
        word.Length > 0 && word.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
