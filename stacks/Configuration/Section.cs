using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>One object of the settings while it is read: each key that is asked for is known, every other one is a finding.</summary>
internal sealed partial class Section(SettingsSource source, JsonObject values, string path, List<Finding> findings)
{
    private const string Rule = "SETTINGS";
    private readonly SortedSet<string> known = new(StringComparer.Ordinal);
    private readonly HashSet<string> secrets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Section> inner = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<string> encrypted = path.Length == 0 ? source.Encrypted : ImmutableHashSet<string>.Empty;

    /// <summary>Every setting that was asked for, as its path: <c>web.port</c>.</summary>
    public IEnumerable<string> Keys => known.Except(secrets).SelectMany(key => inner.TryGetValue(key, out var section) ? section.Keys : [Path(key)]);

    public string? Text(string key) => Sure(key, Scalar(key, "a text"));

    public string Text(string key, string fallback) => Text(key) ?? fallback;

    public bool? Flag(string key) => Parsed<bool>(key, "true or false", bool.TryParse);

    public int? Number(string key, int least, int most) => Parsed(key, FormattableString.Invariant($"a whole number from {least} to {most}"),
        (string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most);

    public int? Port(string key) => Number(key, 1, 65535);

    public Size? Memory(string key) => Parsed<Size>(key, "a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB", Size.TryParse);

    public Size Memory(string key, Size fallback) => Memory(key) ?? fallback;

    public Cpu? Cpus(string key) => Parsed<Cpu>(key, "a number of cores from 0.001 to 1024, such as 0.5", Cpu.TryParse);

    public Cpu Cpus(string key, Cpu fallback) => Cpus(key) ?? fallback;

    public TimeSpan? Seconds(string key, int most = 86400) => Number(key, 1, most) is { } seconds ? TimeSpan.FromSeconds(seconds) : null;

    public TimeSpan Seconds(string key, TimeSpan fallback) => Seconds(key) ?? fallback;

    public T? Choice<T>(string key) where T : struct, Enum
        => Parsed(key, "one of " + string.Join(", ", Enum.GetNames<T>().Select(Spelled)), (string text, out T choice) =>
            Enum.TryParse(text.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out choice) && Enum.GetNames<T>().Any(name => Spelled(name) == text));

    /// <summary>A command in exec form: a list, or a text that is split at its spaces, quotes respected.</summary>
    public ImmutableArray<string> Command(string key, ImmutableArray<string> fallback)
        => Take(key) switch
        {
            null => fallback,
            JsonArray list => Executed(key, Texts(key, list), fallback),
            JsonValue value when !CommandLine.IsClosed(value.ToString()) => Refused(key, "A quote in it is not closed.", "Close it, or write the command as a list of words.", fallback),
            JsonValue value => Executed(key, [.. CommandLine.Split(value.ToString())], fallback),
            _ => Wrong(key, "a list of words, or one line", fallback),
        };

    private ImmutableArray<string> Executed(string key, ImmutableArray<string> words, ImmutableArray<string> fallback)
    {
        if (words.IsEmpty && fallback.IsEmpty) return fallback;
        if (words is [] or ["", ..]) return Refused(key, "It is empty.", "Write the command, or drop the setting.", fallback);
        return ShellWords.In(words) is not { } word ? words : Refused(key, $"'{word}' means something to a shell alone, and none reads this command.",
            "Write [sh, -c, 'exec …'] for a shell to read it; what is to run before the application starts belongs into infra:app.migrate.", fallback);
    }

    private ImmutableArray<string> Refused(string key, string what, string then, ImmutableArray<string> fallback)
    {
        Report(key, what, then);
        return fallback;
    }

    public ImmutableArray<string> List(string key, params ImmutableArray<string> fallback)
        => Take(key) switch
        {
            null => fallback,
            JsonArray list => Texts(key, list),
            _ => Wrong(key, "a list", fallback),
        };

    public ImmutableSortedDictionary<string, string> Map(string key)
    {
        var map = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
        return Take(key) switch
        {
            null => map,
            JsonObject values => map.AddRange(values.Where(pair => IsText(key, pair)).Select(pair => KeyValuePair.Create(pair.Key, Sure($"{key}.{pair.Key}", pair.Value?.ToString()) ?? ""))),
            _ => Wrong(key, "a map of names to texts", map),
        };
    }

    /// <summary>Arguments as they are, or others where the component itself says of a key that it cannot be.</summary>
    public T Held<T>(string key, T arguments, Action<T> describe, Func<T, T> otherwise)
    {
        try
        {
            describe(arguments);
            return arguments;
        }
        catch (ArgumentException error)
        {
            var (what, then) = error.Message.Split(". ", 2) is [var first, var second] ? (first + ".", second) : (error.Message, "Write another.");
            Report(key, what, then);
            return otherwise(arguments);
        }
    }

    /// <summary>Marks the key of a secret as known: whoever needs its value reads it.</summary>
    public void Allow(string key)
    {
        known.Add(key);
        secrets.Add(key);
    }

    /// <summary>Notes that a key is wrong for a reason of its own.</summary>
    public void Report(string key, string what, string then) => findings.Add(new Finding(Rule, Severity.Error, source.Where(Path(key)), Visible.Bounded(what), Visible.Bounded(then)));

    /// <summary>Notes every key that nothing asked for.</summary>
    public void Close()
    {
        foreach (var key in values.Select(pair => pair.Key).Concat(encrypted.Order(StringComparer.Ordinal)).Where(key => !known.Contains(key)))
            Report(key, "There is no such setting.", Nearest.To(key, known) is { } near
                ? $"Did you mean '{near}'?"
                : $"Known here: {string.Join(", ", known)}.");
    }

    /// <summary>Notes every key that would be known in our namespace, and is written without it.</summary>
    public void ReviewStrays()
    {
        foreach (var (stray, name) in source.Strays.Select(stray => (stray, stray[(stray.IndexOf(':', StringComparison.Ordinal) + 1)..])).Where(stray => known.Contains(stray.Item2)))
            findings.Add(new Finding(Rule, Severity.Error, $"{source.File} {stray}", $"It does not begin with '{SettingsSource.Namespace}:', and nobody reads it.", $"Write '{SettingsSource.Namespace}:{name}'."));
    }

    private delegate bool Parser<T>(string text, out T value);

    private T? Parsed<T>(string key, string expected, Parser<T> parse) where T : struct
    {
        if (Scalar(key, expected) is not { } text) return null;
        if (parse(text, out var value)) return value;
        Report(key, $"'{text}' is not {expected}.", $"Write {expected}.");
        return null;
    }

    private string? Scalar(string key, string expected) => Take(key) switch
    {
        null => null,
        JsonValue value => value.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False
            ? value.ToString().ToLowerInvariant()
            : value.ToString(),
        _ => Wrong<string?>(key, expected, null),
    };

    [return: NotNullIfNotNull(nameof(text))]
    private string? Sure(string key, string? text)
    {
        if (text is not null && source.Doubtful.Contains(Path(key)))
            Report(key, $"Without quotes, {text} is a number, a date or a truth value to Pulumi, which spells it in its own way.", $"Write \"{text}\".");
        return text;
    }

    private JsonNode? Take(string key)
    {
        known.Add(key);
        if (encrypted.Contains(key)) Report(key, "It is encrypted, and only a secret may be.", "Set it again without '--secret'.");
        return values[key];
    }

    private ImmutableArray<string> Texts(string key, JsonArray list) => list.All(item => item is JsonValue)
        ? [.. list.Select((item, at) => Sure(FormattableString.Invariant($"{key}[{at}]"), item!.ToString()))]
        : Wrong<ImmutableArray<string>>(key, "a list of texts", []);

    private bool IsText(string key, KeyValuePair<string, JsonNode?> pair)
        => pair.Value is null or JsonValue || Wrong($"{key}.{pair.Key}", "a text", false);

    private T Wrong<T>(string key, string expected, T fallback)
    {
        Report(key, $"This is not {expected}.", $"Write {expected}.");
        return fallback;
    }

    private string Path(string key) => path.Length == 0 ? key : $"{path}.{key}";

    // NoEviction → no-eviction
    private static string Spelled(string name) => string.Concat(name.Select((letter, at) =>
        char.IsUpper(letter) ? (at == 0 ? "" : "-") + char.ToLowerInvariant(letter) : letter.ToString()));
}
