using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Operations.Engine;

namespace Infra.Operations.Healing;

/// <summary>Something that was seen, and what was done about it.</summary>
/// <param name="Service">The service, or one of its containers (<c>web.2</c>); nothing when it is about the engine.</param>
/// <param name="Event">
/// <c>unhealthy</c>, <c>ended</c>, <c>starting</c>, <c>healthy</c>, <c>stopped</c>, <c>engine-away</c>, <c>engine-back</c>.
/// </param>
/// <param name="Action"><c>wait</c>, <c>restart</c>, <c>start</c>, <c>none</c>, <c>give-up</c>; of a proxy <c>eject</c>, <c>admit</c>.</param>
/// <param name="Attempt">The number of this attempt, counted from 1 since the service was last healthy.</param>
/// <param name="Detail">Further detail, as text.</param>
public sealed record HealLine(string? Service, string Event, string Action, int? Attempt = null, string? Detail = null)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What was done about a container as it was seen.</summary>
    public static HealLine About(ContainerState container, string action, int? attempt = null, string? detail = null)
        => new(container.Title, container.IsRunning ? container.Health ?? "running" : "ended", action, attempt, detail);

    /// <summary>As one line of JSON.</summary>
    public string At(DateTimeOffset time)
    {
        var line = new JsonObject
        {
            ["time"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture),
        };
        if (Service is not null)
            line["service"] = Service;
        line["event"] = Event;
        line["action"] = Action;
        if (Attempt is { } attempt) line["attempt"] = attempt;
        if (Detail is not null) line["detail"] = Detail;
        return line.ToJsonString(Plain);
    }
}
