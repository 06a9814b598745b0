using System.Text.Json.Nodes;

namespace Infra.Stacks.Configuration;

/// <summary>Notes mentions of services in commands, which are passed on as they are.</summary>
internal static class CommandMentions
{
    public static void Review(Section root, JsonObject values, Settings settings)
    {
        foreach (var service in settings.Services)
            if ((values[ServicesReader.Key] as JsonObject)?[service.Name] is JsonObject written)
                foreach (var (key, command) in Commands(written))
                    if (Holes(command).FirstOrDefault(hole => IsMention(hole, settings)) is { } hole)
                        root.Report(
                            $"{ServicesReader.Key}.{service.Name}.{key}",
                            $"'{hole}' stands for nothing in a command.",
                            "Set a variable to it in environment, and let a shell read that: [sh, -c, 'exec program \"$NAME\"']."
                        );
    }

    private static IEnumerable<(string Key, JsonNode? Command)> Commands(JsonObject service) =>
    [
        ("command", service["command"]),
        ("entrypoint", service["entrypoint"]),
        ("probe.command", (service["probe"] as JsonObject)?["command"]),
    ];

    private static IEnumerable<ReferenceHole> Holes(JsonNode? command) => command switch
    {
        JsonArray list => list.SelectMany(Holes),
        JsonValue line => ReferenceText.Parse(line.ToString()).Holes,
        _ => [],
    };

    // Other braces are a program's own.
    private static bool IsMention(ReferenceHole hole, Settings settings) => hole.Service == ReferenceHole.Secrets
        || (ReferenceText.Attributes.Contains(hole.What) && settings.Service(hole.Service) is not null);
}
