using System.Collections.Immutable;
using Infra.Components;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>What watches the stack; without <paramref name="Enabled"/> nothing does.</summary>
public sealed record MonitoringSettings(
    bool Enabled, PrometheusArgs Prometheus, AlertmanagerArgs Alertmanager, NodeExporterArgs NodeExporter, GrafanaSettings Grafana)
{
    /// <summary>Whether anybody is told of an alert that does not look for it.</summary>
    public bool TellsSomebody => Alertmanager is not { Webhook: null, DeadMan: null };

    private const int DefaultGrafanaPort = Components.Grafana.Port;

    internal static MonitoringSettings Read(Section monitoring, EnvironmentKind? environment) => new(
        monitoring.Flag("enabled") ?? environment == EnvironmentKind.Prod,
        monitoring.Read("prometheus", prometheus => ReadPrometheus(monitoring, prometheus)),
        monitoring.Read("alertmanager", alertmanager => ReadAlertmanager(monitoring, alertmanager)),
        monitoring.Read("nodeExporter", ReadNodeExporter),
        monitoring.Read("grafana", grafana => ReadGrafana(monitoring, grafana)));

    private static PrometheusArgs ReadPrometheus(Section monitoring, Section prometheus) => new()
    {
        Scrapes = [],
        Targets = [.. Targets(monitoring)],
        Rules = monitoring.Folder("rules", "*.yaml"),
        // A sample of the last two minutes is what the dead man's switch asks for.
        Interval = monitoring.Seconds("intervalSeconds", most: 60) ?? TimeSpan.FromSeconds(15),
        RetentionDays = monitoring.Number("retentionDays", 1, 3650) ?? 30,
        Image = prometheus.Image("image") ?? Images.Prometheus,
        Port = prometheus.Port("port") ?? Components.Prometheus.Port,
        Memory = prometheus.Memory("memory", Size.MiB(512)),
        Cpus = prometheus.Cpus("cpus", Cpu.Cores(0.5m)),
    };

    private static IEnumerable<ScrapeTarget> Targets(Section monitoring)
    {
        foreach (var (job, text) in monitoring.Map("scrape"))
            if (job.Length == 0 || job.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_')))
                monitoring.Report($"scrape.{job}", $"'{job}' is no name for what is scraped.", "Write letters, digits, '-' and '_'.");
            else if (ScrapeTarget.TryParse(job, text, out var target)) yield return target;
            else monitoring.Report($"scrape.{job}", $"'{text}' is not where metrics are.", "Write host:port, and the path behind it where that is not /metrics: mailer:9200/stats.");
    }

    private static AlertmanagerArgs ReadAlertmanager(Section monitoring, Section alertmanager) => new()
    {
        Webhook = monitoring.Flag("webhook") == true ? Secrets.AlertWebhook : null,
        DeadMan = monitoring.Flag("deadMan") == true ? Secrets.DeadManWebhook : null,
        Image = alertmanager.Image("image") ?? Images.Alertmanager,
        Port = alertmanager.Port("port") ?? Components.Alertmanager.Port,
        Memory = alertmanager.Memory("memory", Size.MiB(128)),
        Cpus = alertmanager.Cpus("cpus", Cpu.Cores(0.25m)),
    };

    private static NodeExporterArgs ReadNodeExporter(Section node) => new()
    {
        Image = node.Image("image") ?? Images.NodeExporter,
        Port = node.Port("port"),
        Memory = node.Memory("memory", Size.MiB(64)),
        Cpus = node.Cpus("cpus", Cpu.Cores(0.25m)),
    };

    private static GrafanaSettings ReadGrafana(Section monitoring, Section grafana) => new(
        DashboardFiles.Read(monitoring, "dashboards"),
        grafana.Image("image") ?? Images.Grafana,
        grafana.Port("port") ?? DefaultGrafanaPort,
        grafana.Memory("memory", Size.MiB(512)),
        grafana.Cpus("cpus", Cpu.Cores(0.5m)));
}

/// <summary>Grafana, with the dashboards of the project's own.</summary>
public sealed record GrafanaSettings(ImmutableSortedDictionary<string, string> Dashboards, PinnedImage Image, int Port, Size Memory, Cpu Cpus);
