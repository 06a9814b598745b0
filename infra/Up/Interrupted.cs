using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Cli;
using Infra.Engine;
using Infra.Model;

namespace Infra.Up;

/// <summary>
/// What a run of Pulumi that was killed made and could not note: its state only knows that it had begun. Made again, it would be
/// refused, since its name is taken. Nothing else is touched, and no volume.
/// </summary>
public sealed class Interrupted(IShell shell, string root)
{
    private static readonly Dictionary<string, (string Inspect, string Labels, string[] Remove)> Kinds = new()
    {
        ["docker:index/container:Container"] = ("container", ".Config.Labels", ["rm", "--force"]),
        ["docker:index/network:Network"] = ("network", ".Labels", ["network", "rm"]),
    };

    private readonly Docker docker = new(shell);

    /// <summary>Removes it.</summary>
    /// <param name="naming">The stack's names.</param>
    /// <param name="stack">The stack as Pulumi is to look it up, with its organization and project. Defaults to its name.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>A sentence for each thing that was removed, or on why that is not known; none where either client is not there to ask.</returns>
    /// <exception cref="CliException">Something of it cannot be removed.</exception>
    public async Task<ImmutableArray<string>> ClearAsync(Naming naming, string? stack = null, CancellationToken cancel = default)
    {
        if (shell.Find(EngineChoice.Pulumi) is null || shell.Find(Docker.Program) is null) return [];
        var export = await shell.RunAsync(EngineChoice.Pulumi, ["stack", "export", "--stack", stack ?? naming.Stack, "--cwd", root], cancel);
        if (!export.Succeeded) return [$"{naming.Name}: Whether an interrupted run left something is not known: {export.Reason}"];
        if (Parse(export.Output)?["deployment"] is not { } state) return [];
        var known = Each(state["resources"]).Select(resource => Text(resource["id"])).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var cleared = ImmutableArray.CreateBuilder<string>();
        foreach (var operation in Each(state["pending_operations"]).Where(operation => Text(operation["type"]) == "creating"))
            if (Text(operation["resource"]?["type"]) is { } type && Text(operation["resource"]?["inputs"]?["name"]) is { } name && Kinds.ContainsKey(type)
                && await ClearAsync(naming, type, name, known, cancel) is { } sentence)
                cleared.Add(sentence);
        return cleared.ToImmutable();
    }

    private async Task<string?> ClearAsync(Naming naming, string type, string name, HashSet<string> known, CancellationToken cancel)
    {
        var (kind, labels, remove) = Kinds[type];
        var format = $"{{{{.Id}}}} {{{{index {labels} \"{Labels.Stack}\"}}}} {{{{index {labels} \"{Labels.Engine}\"}}}}";
        var found = await docker.RunAsync(["inspect", "--type", kind, "--format", format, name], cancel);
        if (!found.Succeeded || found.Output.Trim().Split(' ') is not [var id, var owner, EngineChoice.Pulumi] || owner != naming.Name || known.Contains(id)) return null;
        var removed = await docker.RunAsync([.. remove, id], cancel);
        if (!removed.Succeeded) throw CliException.Failure($"{kind} {name}: An interrupted run left it, and it cannot be removed: {removed.Reason} Remove it, and run the same command again.");
        return $"{kind} {name}: An interrupted run left it, unknown to Pulumi's state. Removed; it is made again.";
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
