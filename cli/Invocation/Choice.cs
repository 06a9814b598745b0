using System.CommandLine;
using System.CommandLine.Parsing;
using Infra.Stacks.Configuration;

namespace Infra.Cli.Invocation;

/// <summary>Options that take one of a few words, and say which when another is given.</summary>
internal static class Choice
{
    /// <summary>An option whose first word is its default.</summary>
    public static Option<string> Of(string name, string description, params string[] words)
        => new Option<string>(name) { Description = description, DefaultValueFactory = _ => words[0], CustomParser = result => Word(result, name, words) }.Completed(words);

    /// <summary>The same for an enumeration, whose first member is its default.</summary>
    public static Option<T> Of<T>(string name, string description) where T : struct, Enum
    {
        var words = Enum.GetNames<T>().Select(word => word.ToLowerInvariant()).ToArray();
        return new Option<T>(name)
        {
            Description = $"{description} [default: {words[0]}]",
            CustomParser = result => Word(result, name, words) is { } word ? Enum.Parse<T>(word, ignoreCase: true) : default,
        }.Completed(words);
    }

    private static Option<T> Completed<T>(this Option<T> option, string[] words)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(words);
        return option;
    }

    private static string? Word(ArgumentResult result, string name, string[] words)
    {
        var given = result.Tokens[^1].Value;
        if (words.Contains(given, StringComparer.Ordinal)) return given;
        var near = Nearest.To(given, words) is { } word ? $" Did you mean '{word}'?" : "";
        result.AddError($"{name}: '{given}' is not one of {string.Join(", ", words)}.{near}");
        return null;
    }
}
