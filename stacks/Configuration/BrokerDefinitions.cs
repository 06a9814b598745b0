using System.Text.Json;
using System.Text.Json.Nodes;

namespace Infra.Stacks.Configuration;

/// <summary>Looks into RabbitMQ's definitions for what the node would refuse, or nobody means.</summary>
internal static class BrokerDefinitions
{
    private const string Then = "Write it as 'rabbitmqctl export_definitions' does: { \"policies\": [ … ] }.";

    // What belongs to a virtual host, each of it with its name.
    private static readonly string[] OfHosts = ["policies", "queues", "exchanges", "bindings"];

    /// <summary>What is wrong with the text, and what to do; nothing where it is well.</summary>
    public static (string What, string Then)? Fault(string text)
    {
        JsonNode? root;
        try
        {
            root = JsonNode.Parse(text);
        }
        catch (JsonException error)
        {
            return (FormattableString.Invariant($"It is not JSON, from line {error.LineNumber + 1} on."), Then);
        }

        if (root is not JsonObject definitions) return ("It is not a map.", Then);
        if (definitions["users"] is JsonArray { Count: > 0 })
            return ("It has users, whose passwords everybody in the container could read.", "Drop them: the application's user is there without.");
        foreach (var part in OfHosts)
            if (definitions[part] is { } items && !(items is JsonArray list && list.All(item => item is JsonObject one && one["vhost"] is JsonValue)))
                return ($"Not every one of its {part} names its virtual host.", "Write \"vhost\": \"/\" in each.");
        return null;
    }
}
