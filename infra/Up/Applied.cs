using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Infra.Up;

/// <summary>What the last complete <c>up</c> of a stack put in place, so that the next one can tell that nothing has changed.</summary>
/// <param name="Compose">A digest of the Compose file.</param>
/// <param name="Hashes">Compose's hash of each service's configuration.</param>
/// <param name="Files">A digest of each file, by its name.</param>
public sealed record Applied(string Compose, ImmutableSortedDictionary<string, string> Hashes, ImmutableSortedDictionary<string, string> Files)
{
    public static Applied Nothing { get; } =
        new("", ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, string>.Empty);

    /// <summary>What is remembered; nothing when the file is missing or not ours.</summary>
    public static Applied Read(string path)
    {
        try
        {
            var node = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
            return node is null ? Nothing : new Applied(node["compose"]?.GetValue<string>() ?? "", Map(node["hashes"]), Map(node["files"]));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return Nothing;
        }
    }

    public void Write(string path) => File.WriteAllText(path, new JsonObject
    {
        ["compose"] = Compose,
        ["hashes"] = Map(Hashes),
        ["files"] = Map(Files),
    }.ToJsonString() + "\n");

    private static ImmutableSortedDictionary<string, string> Map(JsonNode? node)
        => node?.AsObject().ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Value?.GetValue<string>() ?? throw new JsonException(), StringComparer.Ordinal)
           ?? ImmutableSortedDictionary<string, string>.Empty;

    private static JsonObject Map(ImmutableSortedDictionary<string, string> map)
        => new(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
}
