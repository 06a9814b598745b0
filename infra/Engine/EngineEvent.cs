using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Model;

namespace Infra.Engine;

/// <summary>What the engine says has happened to a container.</summary>
public sealed record EngineEvent(string Container, string Service, string Action)
{
    /// <summary>Whether these labels are those of a container that <c>docker compose run</c> made.</summary>
    public static bool IsOneOff(JsonNode? labels) => labels?["com.docker.compose.oneoff"]?.GetValue<string>() == "True";

    /// <summary>Reads a line of <c>docker events</c>; nothing when it is about no service.</summary>
    public static EngineEvent? Parse(string line)
    {
        try
        {
            var actor = JsonNode.Parse(line)?["Actor"];
            var (id, service) = (actor?["ID"]?.GetValue<string>(), actor?["Attributes"]?[Labels.Service]?.GetValue<string>());
            return id is null || service is null || IsOneOff(actor?["Attributes"]) ? null : new EngineEvent(id, service, JsonNode.Parse(line)!["Action"]?.GetValue<string>() ?? "");
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
