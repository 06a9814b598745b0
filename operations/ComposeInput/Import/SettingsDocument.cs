using Infra.Operations.ComposeInput.Import.Services;
using Infra.Operations.ComposeInput.Import.Settings;

namespace Infra.Operations.ComposeInput.Import;

/// <summary>Puts the parts of the settings into the order in which one reads them.</summary>
internal static class SettingsDocument
{
    private static readonly string[] Order =
    [
        "kind", "enabled", "image", "build", "context", "dockerfile", "target", "args", "tag", "celery", "entrypoint", "command",
        "workingDirectory", "of", "mode",
        "major", "user", "vhost", "database", "databases", "volume", "password", "broker", "maxMemory", "eviction", "parameters", "extensions",
        "initScripts", "schedule", "containerPort", "port", "managementPort", "ports", "health", "client", "ask", "metrics", "delivery", "readOnly",
        "secrets", "environment", "files", "volumes", "folders", "after", "probe",
    ];

    public static SettingsMap Make(ImportScope scope, SettingsMap app)
    {
        var config = new SettingsMap();
        config.Set("infra:environment", scope.IsProd ? "prod" : "dev");
        var off = new SettingsMap().Set("enabled", SettingsNode.Flag(false));
        config.Set("infra:proxy", off, "The file has none of these of the stack's own: take what you want of them.").Set("infra:backup",
            off).Set("infra:monitoring", off);
        config.Set("infra:app", Sorted(app));
        var services = new SettingsMap();
        foreach (var plan in scope.Plans)
            services.SetWhole(plan.SettingsName, Sorted(plan.Settings), plan.Comments.Count == 0 ? null : string.Join(' ', plan.Comments));
        config.Set("infra:services", services);
        var volumes = new SettingsMap();
        foreach (var (name, physical) in scope.Volumes) volumes.Set(name, physical);
        config.Set("infra:volumes", volumes, volumes.IsEmpty ? null : "The volumes that the project has on the engine, with what is in them.");
        var waivers = new SettingsMap();
        foreach (var (waiver, reason) in scope.Waivers) waivers.Set(waiver, reason);
        config.Set("infra:waivers", waivers);
        return new SettingsMap().Set("config", config, $"Imported from {string.Join(", ", scope.Application.Source.Files.Select(scope.PathOf))}.");
    }

    private static SettingsMap Sorted(SettingsMap map)
    {
        var sorted = new SettingsMap();
        foreach (var entry in map.Entries.OrderBy(entry => Array.IndexOf(Order, entry.Key) is >= 0 and var at ? at : Order.Length))
            sorted.Set(entry.Key, entry.Value, entry.Comment);
        return sorted;
    }
}
