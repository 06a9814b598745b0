using System.Text.Json.Nodes;
using Infra.Cli;

namespace Infra.Up;

/// <summary>
/// What a run of Pulumi that was killed made and could not note: its state only knows that it had begun. Made again, it would be
/// refused, since its name is taken. Nothing else is touched, and no volume.
/// </summary>
public static class Interrupted
{
    private static readonly Dictionary<string, (string Inspect, string Labels, string[] Remove)> Kinds = new()
    {
        ["docker:index/container:Container"] = ("container", ".Config.Labels", ["rm", "--force"]),
        ["docker:index/network:Network"] = ("network", ".Labels", ["network", "rm"]),
    };

    /// <summary>Removes it, and says so.</summary>
    /// <exception cref="CliException">Something of it cannot be removed.</exception>
    public static async Task ClearAsync(Session session, StackContext stack, CancellationToken cancel)
    {
        var export = await session.Shell.RunAsync(EngineChoice.Pulumi, ["stack", "export", "--stack", stack.Name, "--cwd", session.Workspace.Root], cancel);
        if (!export.Succeeded || JsonNode.Parse(export.Output)?["deployment"] is not { } state) return;
        var known = Each(state["resources"]).Select(resource => Text(resource["id"])).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var operation in Each(state["pending_operations"]).Where(operation => Text(operation["type"]) == "creating"))
            if (Text(operation["resource"]?["type"]) is { } type && Text(operation["resource"]?["inputs"]?["name"]) is { } name && Kinds.ContainsKey(type))
                await ClearAsync(session, stack, type, name, known, cancel);
    }

    private static async Task ClearAsync(Session session, StackContext stack, string type, string name, HashSet<string> known, CancellationToken cancel)
    {
        var (kind, labels, remove) = Kinds[type];
        var format = $"{{{{.Id}}}} {{{{index {labels} \"{Model.Labels.Stack}\"}}}} {{{{index {labels} \"{Model.Labels.Engine}\"}}}}";
        var found = await session.Docker.RunAsync(["inspect", "--type", kind, "--format", format, name], cancel);
        if (!found.Succeeded || found.Output.Trim().Split(' ') is not [var id, var owner, EngineChoice.Pulumi] || owner != stack.Naming.Name || known.Contains(id)) return;
        var removed = await session.Docker.RunAsync([.. remove, id], cancel);
        if (!removed.Succeeded) throw CliException.Failure($"{kind} {name}: An interrupted run left it, and it cannot be removed: {removed.Reason} Remove it, and run the same command again.");
        session.Error.WriteLine($"{kind} {name}: An interrupted run left it, unknown to Pulumi's state. Removed; it is made again.");
    }

    private static IEnumerable<JsonNode> Each(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonNode>();

    private static string? Text(JsonNode? value) => value is JsonValue ? value.ToString() : null;
}
