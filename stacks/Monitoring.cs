using System.Collections.Immutable;
using Infra.Components;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks;

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
        var prometheus = new Prometheus("prometheus", settings.Prometheus with { Scrapes = scrapes, Alertmanager = alertmanager }, host);
        _ = new Grafana("grafana", GrafanaArgs(settings.Grafana, prometheus, alertmanager) with { Interval = settings.Prometheus.Interval }, host);
    }

    private static IEnumerable<ServiceSpec> Exporters(ServiceSpec service, IServiceHost host) => service.Kind switch
    {
        Postgres.Kind => [new PostgresExporter($"{service.Name}-exporter", new PostgresExporterArgs { Database = service }, host)],
        Redis.Kind => [new RedisExporter($"{service.Name}-exporter", new RedisExporterArgs { Redis = service }, host)],
        _ => [],
    };

    /// <summary>Grafana as the settings have it.</summary>
    public static GrafanaArgs GrafanaArgs(GrafanaSettings settings, ServiceSpec prometheus, ServiceSpec? alertmanager) => new()
    {
        Password = Secrets.Grafana,
        Prometheus = prometheus,
        Alertmanager = alertmanager,
        Dashboards = settings.Dashboards,
        Image = settings.Image,
        Port = settings.Port,
        Memory = settings.Memory,
        Cpus = settings.Cpus,
    };
}
