using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Model;

namespace Infra.Targets.Bake;

/// <summary>Writes how a stack's images are built as a file for <c>docker buildx bake</c>: several platforms, and a cache in a registry.</summary>
public static class BakeWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The file. Its paths are relative to the project's root, where bake is to be run.</summary>
    /// <param name="topology">What needs the images.</param>
    /// <param name="platforms">The platforms instead of each image's own.</param>
    /// <param name="labels">Labels of an image.</param>
    public static string Write(
        Topology topology,
        ImmutableArray<string> platforms = default,
        Func<BuiltImage, IEnumerable<(string Name, string Value)>>? labels = null
    )
    {
        var builds = topology.Builds;
        var targets = new JsonObject();
        foreach (var image in builds)
            targets[image.Name] = Target(
                topology.Naming,
                platforms.IsDefaultOrEmpty ? image : image with { Platforms = platforms },
                labels?.Invoke(image) ?? []
            );
        var file = new JsonObject
        {
            ["group"] = new JsonObject { ["default"] = new JsonObject { ["targets"] = List(builds.Select(image => image.Name)) } },
            ["target"] = targets,
        };
        return file.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Target(Naming naming, BuiltImage image, IEnumerable<(string Name, string Value)> labels)
    {
        var target = new JsonObject
        {
            ["context"] = image.Context,
            ["dockerfile"] = image.Dockerfile,
            ["tags"] = List([naming.Tag(image)]),
        };
        Add(target, "target", image.Target);
        Add(target, "network", image.Network);
        Add(target, "args", Map(image.Args.Select(argument => (argument.Key, argument.Value))));
        Add(target, "labels", Map(labels));
        // A builder of its own does not see the engine's images: the base comes from the build beside it.
        if (image.Base is { } first) target["contexts"] = Map([(naming.Tag(first), $"target:{first.Name}")]);
        Add(target, "platforms", List(image.Platforms));
        Add(target, "cache-from", List(image.CacheFrom.Select(cache => $"type=registry,ref={cache}")));
        Add(target, "cache-to", List(image.CacheTo.Select(cache => $"type=registry,ref={cache},mode=max")));
        return target;
    }

    private static void Add(JsonObject target, string key, JsonNode? value)
    {
        if (value is JsonArray { Count: 0 } or JsonObject { Count: 0 } or null) return;
        target[key] = value;
    }

    private static JsonArray List(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];

    private static JsonObject Map(IEnumerable<(string Name, string Value)> entries)
        => new(entries.OrderBy(entry => entry.Name, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Name, (JsonNode?)entry.Value)));
}
