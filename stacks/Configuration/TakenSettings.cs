using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Stacks.Systems;

namespace Infra.Stacks.Configuration;

/// <summary>Notes what somebody has set and the stack would do nothing with.</summary>
public static class TakenSettings
{
    /// <summary>What an application with a web server and a worker of Celery takes.</summary>
    public static ImmutableArray<string> Celery =>
        ["app.celery", "app.variables.broker", "app.variables.results", "web.port", "web.health", "web.probe", "worker"];

    /// <summary>What one takes that finds Postgres in one variable.</summary>
    public static ImmutableArray<string> Database => ["app.variables.database", "app.variables.databaseScheme", "postgres"];

    /// <summary>What one takes whose code can be reloaded.</summary>
    public static ImmutableArray<string> Reload => ["app.reload", "app.reloader"];

    /// <summary>What one takes that Prometheus watches.</summary>
    public static ImmutableArray<string> Watched => ["monitoring", "web.metrics"];

    /// <summary>Each stack, as its settings name it, with what it takes beside what every stack does.</summary>
    public static ImmutableArray<(string Stack, ImmutableArray<string> Takes)> Table =>
    [
        ("dev", DevStack.Takes), ("prod", ProdStack.Takes), ("hexagonal", Hexagonal.Takes), ("mikrom", Mikrom.Takes),
        ("creator-hub", CreatorHub.Takes), ("marketplace", Marketplace.Takes), ("paqueteria", Paqueteria.Takes),
    ];

    /// <summary>All that only some stacks take.</summary>
    public static IEnumerable<string> Particular => Table.SelectMany(row => row.Takes).Distinct().Order(StringComparer.Ordinal);

    internal static void Review(Section root, JsonObject values, Settings settings)
    {
        var stack = (values["system"] ?? values["environment"])?.ToString();
        if (Table.All(row => row.Stack != stack)) return;
        var name = values["system"] is null ? $"A {stack} stack" : $"The system {stack}";
        var takers = Particular.Where(path => IsAsked(values, path)).Select(path => (Path: path, By: TakersOf(path)));
        foreach (var (path, by) in takers.Where(setting => !setting.By.Contains(stack)))
            root.Report(path, $"{name} does not take it, so it would change nothing.", $"Drop it; it is for {string.Join(", ", by)}.");
        if (settings is { Systems.Kind: SystemKind.Paqueteria, Monitoring.TellsSomebody: false } && IsAsked(values, "monitoring.alertmanager"))
            root.Report("monitoring.alertmanager", $"{name} has an Alertmanager only where somebody is told of alerts, so it would change nothing.",
                "Set infra:monitoring's webhook or deadMan to true, or drop it.");
    }

    private static string[] TakersOf(string path) => [.. Table.Where(row => row.Takes.Contains(path)).Select(row => row.Stack)];

    // Who sets a part to false has it so wherever there is none.
    internal static bool IsAsked(JsonObject values, string path)
        => path.Split('.').Aggregate((JsonNode?)values, (node, key) => (node as JsonObject)?[key]) switch
        {
            null => false,
            JsonObject section => section.Count > 0 && !IsFalse(section["enabled"]),
            var value => !IsFalse(value),
        };

    private static bool IsFalse(JsonNode? value) => string.Equals(value?.ToString(), "false", StringComparison.OrdinalIgnoreCase);
}
