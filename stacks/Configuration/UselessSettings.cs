using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Components;

namespace Infra.Stacks.Configuration;

/// <summary>Notes settings that have no effect because of another setting.</summary>
internal static class UselessSettings
{
    private static readonly ImmutableArray<string> OfReloads = ["source", "reload", "reloader"];

    public static void Review(Section root, JsonObject values, Settings settings)
    {
        if (settings.App.Image.Published is not null)
            foreach (var key in OfReloads.Where(key => UnsupportedSettings.IsAsked(values, $"app.{key}")))
                root.Report(
                    $"app.{key}",
                    "infra:app.image runs the code that it was published with, so nothing is reloaded, and this would change nothing.",
                    "Drop one of the two."
                );
        if (settings.Worker.Command.IsEmpty)
            return;
        foreach (var key in OfWorkers(settings).Where(key => UnsupportedSettings.IsAsked(values, $"worker.{key}")))
            root.Report(
                $"worker.{key}",
                "The worker has a command of its own, so this would change nothing.",
                "Write it into the command, or drop one of the two."
            );
    }

    // A probe asks the node by its name, and the lengths of Redis' queues are asked for by theirs.
    private static IEnumerable<string> OfWorkers(Settings settings)
    {
        yield return "concurrency";
        yield return "pool";
        if (settings.Worker.Probe != WorkerProbe.Ping) yield return "nodeName";
        if (settings.Systems.Kind is null or SystemKind.Hexagonal || !settings.Monitoring.Enabled) yield return "queues";
    }
}
