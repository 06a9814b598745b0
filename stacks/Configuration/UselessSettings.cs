using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Infra.Stacks.Configuration;

/// <summary>Notes settings that have no effect because of another setting.</summary>
internal static class UselessSettings
{
    private static readonly ImmutableArray<string> OfReloads = ["source", "reload", "reloader"];

    private static readonly ImmutableArray<string> OfReleases = ["releases", "rollback"];

    public static void Review(Section root, JsonObject values, Settings settings)
    {
        if (settings.App.Image.Published is not null)
            foreach (var key in OfReloads.Where(key => UnsupportedSettings.IsAsked(values, $"app.{key}")))
                root.Report(
                    $"app.{key}",
                    "infra:app.image runs the code that it was published with, so nothing is reloaded, and this would change nothing.",
                    "Drop one of the two."
                );
        if (settings is { Environment: EnvironmentKind.Dev, Systems.Kind: not null })
            foreach (var key in OfReleases.Where(key => UnsupportedSettings.IsAsked(values, $"app.{key}")))
                root.Report(
                    $"app.{key}",
                    "Development runs the code of its folder, whatever its image has, so this would change nothing.",
                    "Drop it, or keep it for prod."
                );
    }
}
