using Infra.Components;

namespace Infra.Stacks.Configuration;

/// <summary>Notes services that run their image's own command where something has to stand before it, and nobody knows what it is.</summary>
internal static class MissingCommands
{
    public static void Review(Section root, Settings settings)
    {
        if (settings.Systems.Kind != SystemKind.Marketplace) return;
        foreach (var service in settings.Services.Where(service => service.Args is WebArgs { Command.IsEmpty: true }))
            root.Report(
                $"{ServicesReader.Key}.{service.Name}.command",
                "Migrations run before it, so it must be known.",
                "Write it, as the image's CMD has it."
            );
    }
}
