using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Model;

namespace Infra.Operations.Engine;

/// <summary>What the engine says has happened to a container.</summary>
/// <param name="Container">Its id.</param>
/// <param name="Service">The service that it is of.</param>
/// <param name="Action"><c>start</c>, <c>die</c>, <c>kill</c>, <c>stop</c>, <c>health_status: healthy</c>, …</param>
/// <param name="Signal">The number of the signal that a <c>kill</c> sent.</param>
/// <param name="ExitCode">The exit code of what has ended.</param>
public sealed record EngineEvent(string Container, string Service, string Action, int? Signal = null, int? ExitCode = null)
{
    private const string ComposesService = "com.docker.compose.service";
    private const int Interrupt = 2, Quit = 3, Kill = 9, Terminate = 15;

    /// <summary>
    /// Whether it is stopped from outside. A stop begins with a signal, and has an event of its own only when it is over.
    /// Signals to reload, freeze or rotate logs are no stop.
    /// </summary>
    public bool IsStop => Action == "stop" || (Action == "kill" && Signal is null or Interrupt or Quit or Kill or Terminate);

    /// <summary>Whether these labels are those of a container that <c>docker compose run</c> made.</summary>
    public static bool IsOneOff(JsonNode? labels) => labels?["com.docker.compose.oneoff"]?.GetValue<string>() == "True";

    /// <summary>Reads a line of <c>docker events</c>; nothing when it is about no service.</summary>
    public static EngineEvent? Parse(string line)
    {
        try
        {
            var happening = JsonNode.Parse(line);
            var actor = happening?["Actor"];
            var attributes = actor?["Attributes"];
            var (id, service) = (actor?["ID"]?.GetValue<string>(), (attributes?[Labels.Service] ?? attributes?[ComposesService])?.GetValue<string>());
            if (id is null || service is null || IsOneOff(attributes)) return null;
            return new EngineEvent(
                id,
                service,
                happening!["Action"]?.GetValue<string>() ?? "",
                Number(attributes?["signal"]),
                Number(attributes?["exitCode"])
            );
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int? Number(JsonNode? text)
        => int.TryParse(text?.GetValue<string>(), CultureInfo.InvariantCulture, out var number) ? number : null;
}
