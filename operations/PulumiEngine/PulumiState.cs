using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Operations.Engine;

namespace Infra.Operations.PulumiEngine;

/// <summary>What Pulumi's state says of a stack, as its client exports it.</summary>
public sealed class PulumiState
{
    /// <summary>The type of a container.</summary>
    public const string Container = "docker:index/container:Container";

    /// <summary>The type of a network.</summary>
    public const string Network = "docker:index/network:Network";

    private readonly ImmutableArray<(string Type, string Id)> resources;

    private PulumiState(JsonNode? deployment)
    {
        resources = [.. Each(deployment?["resources"]).Select(resource => (Text(resource["type"]) ?? "", Text(resource["id"]) ?? ""))];
        Begun =
        [
            .. Each(deployment?["pending_operations"]).Where(operation => Text(operation["type"]) == "creating")
                .Select(operation => (Text(operation["resource"]?["type"]) ?? "", Text(operation["resource"]?["inputs"]?["name"]) ?? "")),
        ];
    }

    /// <summary>The type and the name of what a run that was killed was creating.</summary>
    public ImmutableArray<(string Type, string Name)> Begun { get; }

    /// <summary>The ids of the resources of a type.</summary>
    public IEnumerable<string> Ids(string type) => resources.Where(resource => resource.Type == type).Select(resource => resource.Id);

    /// <summary>Asks Pulumi's client.</summary>
    /// <param name="shell">Starts it.</param>
    /// <param name="root">The project's folder.</param>
    /// <param name="stack">The stack as Pulumi is to look it up.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The state; or why it is not known, where the client says so.</returns>
    public static async Task<(PulumiState? State, string? Problem)> ReadAsync(
        IShell shell,
        string root,
        string stack,
        CancellationToken cancellationToken = default
    )
    {
        var export = await shell.RunAsync(PulumiCli.Program, ["stack", "export", "--stack", stack, "--cwd", root], cancellationToken);
        if (!export.Succeeded) return (null, export.Reason);
        return Parse(export.Output) is { } exported ? (new PulumiState(exported["deployment"]), null) : (null, null);
    }

    private static JsonNode? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<JsonNode> Each(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonNode>();

    private static string? Text(JsonNode? value) => value is JsonValue ? value.ToString() : null;
}
