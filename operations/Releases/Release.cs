using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Infra.Operations.Releases;

/// <summary>An image of a release.</summary>
/// <param name="Id">Its id on the engine.</param>
/// <param name="Tag">The tag that keeps it there, of this release alone.</param>
/// <param name="Digest">Where its registry has it, by digest; nothing where it was not pushed there.</param>
public sealed record ReleaseImage(string Id, string Tag, string? Digest);

/// <summary>What an <c>up</c> has deployed, where the application's images were others than before.</summary>
/// <param name="Number">Its number: 1, 2, 3, …</param>
/// <param name="At">When everything of it was healthy.</param>
/// <param name="By">Who deployed it, as <c>user@machine</c>; where nobody saw that, the engine that did.</param>
/// <param name="Commit">The commit that its image was built from, where git or the image tells.</param>
/// <param name="IsChanged">Whether the files that it was built from were others than that commit's.</param>
/// <param name="Images">Its images, by the names of their builds.</param>
/// <param name="Steps">The container of each step as it was then: one that is another now has run since.</param>
public sealed record Release(
    int Number,
    DateTimeOffset At,
    string By,
    string? Commit,
    bool IsChanged,
    ImmutableSortedDictionary<string, ReleaseImage> Images,
    ImmutableSortedDictionary<string, string> Steps
)
{
    private const int ShortCommit = 12;

    /// <summary>When, in UTC, to the minute.</summary>
    public string When => At.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>The commit's beginning, and whether there was more; empty where no commit is known.</summary>
    public string CommitText => Commit is null ? "" : Commit[..Math.Min(ShortCommit, Commit.Length)] + (IsChanged ? " with changes" : "");

    /// <summary><c>release 6 (2026-11-24 03:00 UTC, commit 3bebe1e4a1b2, anna@web1)</c>.</summary>
    public string Title
        => FormattableString.Invariant($"release {Number} ({When}, {(Commit is null ? "" : $"commit {CommitText}, ")}{By})");

    /// <summary>Whether these are its images.</summary>
    /// <param name="ids">The ids of some of them or all, by the names of their builds.</param>
    public bool Has(ImmutableSortedDictionary<string, string> ids)
        => !ids.IsEmpty && ids.All(id => Images.TryGetValue(id.Key, out var image) && image.Id == id.Value);

    /// <summary>The release as <see cref="From"/> reads it.</summary>
    public JsonObject ToJson() => new()
    {
        ["number"] = Number,
        ["at"] = At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        ["by"] = By,
        ["commit"] = Commit,
        ["changed"] = IsChanged,
        ["images"] = new JsonObject(Images.Select(image => KeyValuePair.Create(image.Key, (JsonNode?)new JsonObject
        {
            ["id"] = image.Value.Id,
            ["tag"] = image.Value.Tag,
            ["digest"] = image.Value.Digest,
        }))),
        ["steps"] = new JsonObject(Steps.Select(step => KeyValuePair.Create(step.Key, (JsonNode?)step.Value))),
    };

    /// <exception cref="FormatException">It is not what <see cref="ToJson"/> writes.</exception>
    public static Release From(JsonNode? node) => new(
        Value<int>(node, "number"),
        DateTimeOffset.ParseExact(Value<string>(node, "at"), "O", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
        Value<string>(node, "by"),
        node?["commit"]?.GetValue<string>(),
        Value<bool>(node, "changed"),
        Map(
            node?["images"],
            image => new ReleaseImage(Value<string>(image, "id"), Value<string>(image, "tag"), image?["digest"]?.GetValue<string>())
        ),
        Map(node?["steps"], step => step?.GetValue<string>() ?? throw new FormatException())
    );

    private static T Value<T>(JsonNode? node, string key)
        => node?[key] is JsonValue value && value.TryGetValue<T>(out var found) ? found : throw new FormatException();

    private static ImmutableSortedDictionary<string, T> Map<T>(JsonNode? node, Func<JsonNode?, T> read) =>
        node is JsonObject map
            ? map.ToImmutableSortedDictionary(pair => pair.Key, pair => read(pair.Value), StringComparer.Ordinal)
            : throw new FormatException();
}
