using System.CommandLine;
using System.CommandLine.Parsing;
using Infra.Stacks.Configuration;

namespace Infra.Cli.Invocation;

/// <summary>Options that take one of a few values, and list them when another is given.</summary>
internal static class Choice
{
    /// <summary>An option whose first value is its default.</summary>
    public static Option<string> Option(string name, string description, params string[] values) =>
        new Option<string>(name)
        {
            Description = description,
            DefaultValueFactory = _ => values[0],
            CustomParser = result => Word(result, name, values),
        }.Completed(values);

    /// <summary>The same for an enumeration, whose first member is its default.</summary>
    public static Option<T> Option<T>(string name, string description) where T : struct, Enum
    {
        var values = Enum.GetNames<T>().Select(word => word.ToLowerInvariant()).ToArray();
        return new Option<T>(name)
        {
            Description = $"{description} [default: {values[0]}]",
            CustomParser = result => Word(result, name, values) is { } word ? Enum.Parse<T>(word, ignoreCase: true) : default,
        }.Completed(values);
    }

    private static Option<T> Completed<T>(this Option<T> option, string[] values)
    {
        option.CompletionSources.Clear();
        option.CompletionSources.Add(values);
        return option;
    }

    private static string? Word(ArgumentResult result, string name, string[] values)
    {
        var given = result.Tokens[^1].Value;
        if (values.Contains(given, StringComparer.Ordinal)) return given;
        result.AddError($"{name}: '{given}' is not one of {string.Join(", ", values)}.{Nearest.Hint(given, values)}");
        return null;
    }
}
