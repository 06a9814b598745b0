using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Operations.Engine;

namespace Infra.Operations.Up;

/// <summary>What the last <c>up</c> of a stack put in place, so that the next one can see what has changed.</summary>
/// <param name="Compose">A digest of the Compose file; empty where that <c>up</c> did not come to its end.</param>
/// <param name="Hashes">Compose's hash of each service's configuration.</param>
/// <param name="Files">The files of each service: Compose mounts them by their paths, and its hash does not see what is in them.</param>
public sealed record LastApply(
    string Compose,
    ImmutableSortedDictionary<string, string> Hashes,
    ImmutableSortedDictionary<string, WrittenFiles> Files
)
{
    public static LastApply Nothing { get; } =
        new("", ImmutableSortedDictionary<string, string>.Empty, ImmutableSortedDictionary<string, WrittenFiles>.Empty);

    /// <summary>What is remembered; nothing when the file is missing or not ours.</summary>
    public static LastApply Read(string path)
    {
        try
        {
            var node = File.Exists(path) ? JsonNode.Parse(File.ReadAllText(path)) : null;
            return node is null ? Nothing : new LastApply(node["compose"]?.GetValue<string>() ?? "", Map(node["hashes"], value => value),
                Map(node["files"], WrittenFiles.Parse));
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            return Nothing;
        }
    }

    /// <summary>Whether the container was made from these files: not of one that may be older than they are, or of which nothing is known.</summary>
    public bool HasRead(ContainerState container, ImmutableSortedDictionary<string, string> digests) =>
        !digests.TryGetValue(container.Service, out var digest)
        || (Files.TryGetValue(container.Service, out var written) && written.Digest == digest && container.Created >= written.Since);

    /// <summary>What is known from now on, when these files are about to be written: what is older than a file of its own has not read it.</summary>
    /// <param name="digests">The digests of the files, by service.</param>
    /// <param name="now">When they are written.</param>
    /// <param name="changed">The services that already have the change in their files, and keep running.</param>
    public LastApply Writing(ImmutableSortedDictionary<string, string> digests, DateTimeOffset now, ImmutableHashSet<string>? changed = null) =>
        this with
        {
            Compose = "",
            Files = digests.ToImmutableSortedDictionary(
                service => service.Key,
                service =>
                    Files.TryGetValue(service.Key, out var before)
                    && (before.Digest == service.Value || changed?.Contains(service.Key) == true)
                    && before.Since <= now
                        ? before with
                        {
                            Digest = service.Value,
                        }
                        : new WrittenFiles(service.Value, now),
                StringComparer.Ordinal
            ),
        };

    /// <summary>Remembers it, in one step: a full disk leaves what was there.</summary>
    public void Write(string path)
    {
        var fresh = path + ".new";
        File.WriteAllText(fresh, new JsonObject { ["compose"] = Compose, ["hashes"] = Map(Hashes), ["files"] = Map(Files) }.ToJsonString() + "\n");
        File.Move(fresh, path, overwrite: true);
    }

    private static ImmutableSortedDictionary<string, T> Map<T>(JsonNode? node, Func<string, T> parse) =>
        node?.AsObject()
            .ToImmutableSortedDictionary(
                pair => pair.Key,
                pair => parse(pair.Value?.GetValue<string>() ?? throw new JsonException()),
                StringComparer.Ordinal
            )
        ?? ImmutableSortedDictionary<string, T>.Empty;

    private static JsonObject Map<T>(ImmutableSortedDictionary<string, T> map)
        => new(map.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value!.ToString())));
}
