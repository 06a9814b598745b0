using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Components;

/// <summary>The alert rules and dashboards that come along: <c>components/monitoring/</c>.</summary>
public static class MonitoringFiles
{
    /// <summary>The alert rules, by file name.</summary>
    public static ImmutableSortedDictionary<string, string> Rules { get; } = Read("rules/");

    /// <summary>The dashboards, by file name.</summary>
    public static ImmutableSortedDictionary<string, string> Dashboards { get; } = Read("dashboards/");

    /// <summary>The alert rules that have something to read where these services are scraped.</summary>
    public static ImmutableSortedDictionary<string, string> RulesFor(ImmutableArray<ServiceSpec> scrapes) => For(Rules, scrapes);

    /// <summary>The dashboards that have something to show there.</summary>
    public static ImmutableSortedDictionary<string, string> DashboardsFor(ImmutableArray<ServiceSpec> scrapes) => For(Dashboards, scrapes);

    internal static string ReadOne(string name)
    {
        using var reader = new StreamReader(typeof(MonitoringFiles).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static ImmutableSortedDictionary<string, string> For(ImmutableSortedDictionary<string, string> files, ImmutableArray<ServiceSpec> scrapes)
    {
        var kinds = scrapes.Where(service => !service.Metrics.IsEmpty).Select(service => service.Kind).ToHashSet();
        return files.RemoveRange(files.Keys.Where(file => Source(Path.GetFileNameWithoutExtension(file)) is { } kind && !kinds.Contains(kind)));
    }

    // Whose metrics a file reads; Prometheus' own are always there.
    private static string? Source(string file) => file switch
    {
        "application" => Web.Kind,
        "celery" => CeleryMetrics.Kind,
        "node" or "system" => NodeExporter.Kind,
        "postgres" => PostgresExporter.Kind,
        "rabbitmq" => RabbitMq.Kind,
        "redis" => RedisExporter.Kind,
        _ => null,
    };

    private static ImmutableSortedDictionary<string, string> Read(string folder) => typeof(MonitoringFiles).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(folder, StringComparison.Ordinal))
        .ToImmutableSortedDictionary(name => name[folder.Length..], ReadOne, StringComparer.Ordinal);
}
