using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Monitoring;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Composition;

/// <summary>What watches a stack.</summary>
internal static class Monitoring
{
    /// <summary>Watches these services and their machine.</summary>
    public static void Add(IServiceHost host, MonitoringSettings settings, params ImmutableArray<ServiceSpec> services)
    {
        ImmutableArray<ServiceSpec> exporters = [.. services.SelectMany(service => Exporters(service, host))];
        var node = new NodeExporter("node-exporter", settings.NodeExporter, host);

        var alertmanager = new Alertmanager("alertmanager", settings.Alertmanager, host);
        ImmutableArray<ServiceSpec> scrapes = [.. services, .. exporters, node, alertmanager];
        var prometheus = new Prometheus("prometheus", PrometheusArgs(settings, scrapes) with { Alertmanager = alertmanager }, host);
        _ = new Grafana("grafana", GrafanaArgs(settings, prometheus, scrapes) with { Alertmanager = alertmanager }, host);
    }

    private static IEnumerable<ServiceSpec> Exporters(ServiceSpec service, IServiceHost host) => service.Kind switch
    {
        Postgres.Kind => [new PostgresExporter($"{service.Name}-exporter", new PostgresExporterArgs { Database = service }, host)],
        Redis.Kind => [new RedisExporter($"{service.Name}-exporter", new RedisExporterArgs { Redis = service }, host)],
        _ => [],
    };

    /// <summary>Prometheus as the settings have it, with the rules that come along for these services, and all of the project's own.</summary>
    public static PrometheusArgs PrometheusArgs(MonitoringSettings settings, ImmutableArray<ServiceSpec> scrapes)
        => settings.Prometheus with
        {
            Scrapes = scrapes,
            Rules = For(scrapes, MonitoringFiles.Rules).SetItems(settings.Prometheus.Rules),
        };

    /// <summary>Grafana as the settings have it, with the dashboards in the same way.</summary>
    public static GrafanaArgs GrafanaArgs(MonitoringSettings settings, ServiceSpec prometheus, ImmutableArray<ServiceSpec> scrapes) =>
        settings.Grafana with
        {
            Prometheus = prometheus,
            Dashboards = For(scrapes, MonitoringFiles.Dashboards).SetItems(settings.Grafana.Dashboards),
            Interval = settings.Prometheus.Interval,
        };

    // The files that have something to read where these services are scraped.
    private static ImmutableSortedDictionary<string, string> For(ImmutableArray<ServiceSpec> scrapes, ImmutableSortedDictionary<string, string> files)
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
}
