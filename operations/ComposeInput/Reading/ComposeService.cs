using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Infra.Targets;

namespace Infra.Operations.ComposeInput.Reading;

/// <summary>A service in Compose's canonical form, by the keys of the Compose Specification.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Keys">What is said of it.</param>
public sealed record ComposeService(string Name, JsonObject Keys)
{
    /// <summary>What stands at a path of keys (<c>deploy.resources.limits</c>); nothing where it is unset.</summary>
    public JsonNode? At(string path)
    {
        JsonNode? node = Keys;
        foreach (var key in path.Split('.')) node = (node as JsonObject)?[key];
        return node;
    }

    /// <summary>A text, a number or a truth value as a text, <c>$$</c> as <c>$</c>; nothing where it is unset.</summary>
    public string? Text(string path) => TextOf(At(path));

    /// <summary>A truth value; false where it is unset.</summary>
    public bool Flag(string path) => Text(path) == "true";

    /// <summary>A list of texts; empty where it is unset.</summary>
    public ImmutableArray<string> Words(string path) => At(path) switch
    {
        JsonArray list => [.. list.Select(TextOf).OfType<string>()],
        JsonValue value => [TextOf(value)!],
        _ => [],
    };

    /// <summary>A map; empty where it is unset.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Map(string path) =>
        (At(path) as JsonObject ?? []).Select(entry => KeyValuePair.Create(entry.Key, TextOf(entry.Value)));

    /// <summary>A list of maps; empty where it is unset.</summary>
    public IEnumerable<JsonObject> Items(string path) => (At(path) as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>A number of bytes; nothing where it is unset, or 0, which is without bound.</summary>
    public long? Bytes(string path) =>
        long.TryParse(Text(path), NumberStyles.Integer, CultureInfo.InvariantCulture, out var bytes) && bytes > 0 ? bytes : null;

    /// <summary>A number; nothing where it is unset, or 0, which is without bound.</summary>
    public decimal? Number(string path) =>
        decimal.TryParse(Text(path), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    /// <summary>A time as Compose writes it (<c>1m30s</c>); nothing where it is unset.</summary>
    public TimeSpan? Time(string path) => Text(path) is { } text ? GoDuration.Parse(text) : null;

    /// <summary>The text of a value; nothing where it is none.</summary>
    public static string? TextOf(JsonNode? node) => node is not JsonValue value ? null
        : value.TryGetValue<string>(out var text) ? text.Replace("$$", "$", StringComparison.Ordinal)
        : value.ToJsonString();
}
