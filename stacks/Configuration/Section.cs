using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>One object of the settings while it is read: each key that is asked for is known, every other one is a finding.</summary>
internal sealed partial class Section(
    SettingsSource source,
    JsonObject values,
    string path,
    List<Finding> findings,
    Declarations declarations,
    StackKinds stacks = StackKinds.All
)
{
    private const string Rule = "SETTINGS";
    private const int MostPort = 65535;
    private const int SecondsOfADay = 86400;
    private readonly SortedSet<string> known = new(StringComparer.Ordinal);
    private readonly IReadOnlySet<string> encrypted = path.Length == 0 ? source.Encrypted : ImmutableHashSet<string>.Empty;

    /// <summary>Every setting that was declared so far, of the whole file.</summary>
    public ImmutableArray<Setting> Declared => declarations.All;

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

    /// <summary>Whether it is a part of a file, and not only declares what may be in one.</summary>
    public bool IsWritten { get; init; } = true;

    /// <summary>One in which nothing is set, and whose keys are none of the documents.</summary>
    public Section Empty() => new(source, new JsonObject(), path, [], new Declarations());

    /// <summary>Whether it has a value.</summary>
    public bool IsSet(string key) => values[key] is not null;

    /// <summary>Whether it is a map, should it be there.</summary>
    public bool IsSectionOrUnset(string key) => values[key] is null or JsonObject;

    /// <summary>Whether its value is known to Pulumi alone.</summary>
    public bool IsEncrypted(string key) => encrypted.Contains(key);

    /// <summary>Notes every key that is known and set, but for these.</summary>
    public void Only(IReadOnlyCollection<string> keys, string what, string then)
    {
        foreach (var (key, value) in values)
            if (value is not null && known.Contains(key) && !keys.Contains(key))
                Report(key, what, then);
    }

    /// <summary>Marks the key of a secret as known; its value is read where it is needed.</summary>
    public void Allow(string key) => known.Add(key);

    /// <summary>Notes that a key is wrong for a reason of its own.</summary>
    public void Report(string key, string what, string then) =>
        findings.Add(new Finding(Rule, Severity.Error, source.Where(Path(key)), Visible.Bounded(what), Visible.Bounded(then)));

    /// <summary>Notes every key that nothing asked for.</summary>
    public void Close()
    {
        foreach (var (key, _) in values) RequireKnown(key);
        foreach (var key in encrypted.Order(StringComparer.Ordinal)) RequireKnown(key);
    }

    private void RequireKnown(string key)
    {
        if (!known.Contains(key))
            Report(key, "There is no such setting.", Nearest.HintOr(key, known, $"Known here: {string.Join(", ", known)}."));
    }

    /// <summary>Notes every key that would be known in our namespace, and is written without it.</summary>
    public void ReviewStrays()
    {
        foreach (var stray in source.Strays)
            if (stray[(stray.IndexOf(':', StringComparison.Ordinal) + 1)..] is var name && known.Contains(name))
                findings.Add(
                    new Finding(
                        Rule,
                        Severity.Error,
                        $"{source.File} {stray}",
                        $"It does not begin with '{SettingsSource.Namespace}:', so it is ignored.",
                        $"Write '{SettingsSource.Namespace}:{name}'."
                    )
                );
    }

    private delegate bool Parser<T>(string text, out T value);

    private T? Parsed<T>(string key, string expected, Parser<T> parse) where T : struct
    {
        if (Scalar(key, expected) is not { } text) return null;
        if (parse(text, out var value)) return value;
        Report(key, $"'{text}' is not {expected}.", $"Write {expected}.");
        return null;
    }

    private void Declare(string key, SettingKind kind, string? usual, string sentence, StackKinds only)
        => declarations.Add(new Setting(Path(key), kind, usual, sentence, only & stacks) { IsNarrowed = only != StackKinds.All });

    private static string Code(IFormattable usual) => Code(usual.ToString(null, CultureInfo.InvariantCulture));

    private static string Code(string usual) => $"`{usual}`";

    private string? Raw(string key) => Sure(key, Scalar(key, SettingKinds.Text.Words));

    private ImmutableArray<string> RawList(string key, ImmutableArray<string> usual) => Take(key) switch
    {
        null => usual,
        JsonArray list => Texts(key, list),
        _ => Wrong(key, SettingKinds.List.Words, usual),
    };

    private ImmutableSortedDictionary<string, string> RawMap(string key)
    {
        var map = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        switch (Take(key))
        {
            case null: break;
            case JsonObject values:
                foreach (var (name, value) in values)
                    if (IsText($"{key}.{name}", value)) map[name] = Sure($"{key}.{name}", value?.ToString()) ?? "";
                break;
            default: Wrong(key, SettingKinds.Map.Words, false); break;
        }

        return map.ToImmutable();
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
            Report(
                key,
                $"Without quotes, {text} is a number, a date or a truth value to Pulumi, which spells it in its own way.",
                $"Write \"{text}\"."
            );
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

    private bool IsText(string key, JsonNode? value) => value is null or JsonValue || Wrong(key, "a text", false);

    private T Wrong<T>(string key, string expected, T fallback)
    {
        Report(key, $"This is not {expected}.", $"Write {expected}.");
        return fallback;
    }

    // Without a key, it is the section itself that is meant.
    private string Path(string key) => path.Length == 0 ? key : key.Length == 0 ? path : $"{path}.{key}";
}
