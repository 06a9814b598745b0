using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Monitoring;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>What watches the stack; without <paramref name="Enabled"/> nothing does.</summary>
public sealed record MonitoringSettings(
    bool Enabled, PrometheusArgs Prometheus, AlertmanagerArgs Alertmanager, NodeExporterArgs NodeExporter, GrafanaArgs Grafana)
{
    /// <summary>How often and how patiently each is probed, by its component's kind.</summary>
    public required ImmutableDictionary<string, ProbeTimes> Probes { get; init; }

    /// <summary>Whether alerts are posted anywhere.</summary>
    public bool HasReceiver => Alertmanager is not { Webhook: null, DeadMan: null };

    /// <summary>The stacks that are watched.</summary>
    internal const StackKinds Stacks = StackKinds.All & ~(StackKinds.Hexagonal | StackKinds.Mikrom);

    private const string OnLoopback = "its port on 127.0.0.1";

    internal static MonitoringSettings Read(Section monitoring, EnvironmentKind? environment)
    {
        var probes = ImmutableDictionary.CreateBuilder<string, ProbeTimes>();
        return new MonitoringSettings(
            monitoring.Flag("enabled", environment == EnvironmentKind.Prod, "whether there is any of it"),
            Part("prometheus", Components.Prometheus.Kind, "what scrapes, and looks at the rules", part => ReadPrometheus(monitoring, part)),
            Part("alertmanager", Components.Alertmanager.Kind, "what posts alerts", part => ReadAlertmanager(monitoring, part)),
            Part("nodeExporter", Components.NodeExporter.Kind, "what measures the machine", ReadNodeExporter),
            Part(
                "grafana",
                Components.Grafana.Kind,
                "what draws; the user is `admin`, the password the secret `grafana-password`, which is taken over on the first start only",
                part => ReadGrafana(monitoring, part)
            )
        )
        {
            Probes = probes.ToImmutable(),
        };

        T Part<T>(string key, string kind, string sentence, Func<Section, T> read) => monitoring.Read(key, sentence, part =>
        {
            var args = read(part);
            probes[kind] = ProbeTimes.Of(part);
            return args;
        });
    }

    private static PrometheusArgs ReadPrometheus(Section monitoring, Section prometheus) =>
        new()
        {
            Scrapes = [],
            Targets = [.. Targets(monitoring)],
            Rules = monitoring.Folder(
                "rules",
                "*.yaml",
                "a folder with your own alert rules, `*.yaml`: "
                    + "added to [those that come along](../components/Monitoring/rules), or in place of the one of the same name"
            ),
            // A sample of the last two minutes is what the dead man's switch asks for.
            Interval = monitoring.SecondsOr(
                "intervalSeconds",
                TimeSpan.FromSeconds(15),
                "the pause between two scrapes, and between two looks at the rules",
                most: 60
            ),
            RetentionDays = monitoring.NumberOr("retentionDays", 30, 1, 3650, "how long samples are kept"),
            Image = prometheus.ImageOr("image", Images.Prometheus),
            Port = prometheus.PortOr("port", Components.Prometheus.Port, OnLoopback),
            Memory = prometheus.MemoryOr("memory", Size.MiB(512)),
            Cpus = prometheus.CpusOr("cpus", Cpu.Cores(0.5m)),
        };

    private static IEnumerable<ScrapeTarget> Targets(Section monitoring)
    {
        foreach (
            var (job, text) in monitoring.Map(
                "scrape",
                "what no component describes, by a name, as `host:port` with the path behind it where that is not `/metrics`: "
                    + "`{ mailer: \"mailer:9200/stats\" }`"
            )
        )
            if (job.Length == 0 || job.Any(letter => !char.IsAsciiLetterOrDigit(letter) && letter is not ('-' or '_')))
                monitoring.Report($"scrape.{job}", $"'{job}' is not a name for what is scraped.", "Write letters, digits, '-' and '_'.");
            else if (ScrapeTarget.TryParse(job, text, out var target))
                yield return target;
            else
                monitoring.Report(
                    $"scrape.{job}",
                    $"'{text}' is not an address of metrics.",
                    "Write host:port, and the path behind it where that is not /metrics: mailer:9200/stats."
                );
    }

    private static AlertmanagerArgs ReadAlertmanager(Section monitoring, Section alertmanager) =>
        new()
        {
            Webhook = monitoring.Flag("webhook", false, "whether alerts are posted to the address in the secret `alert-webhook`")
                ? Secrets.AlertWebhook
                : null,
            DeadMan = monitoring.Flag(
                "deadMan",
                false,
                "whether the alert `DeadMansSwitch` is posted, every five minutes, to the address in the secret `deadman-webhook`: "
                    + "a service there raises the alarm when it stops coming. "
                    + "It fires while samples come in and can be stored, so a full disk silences it within minutes"
            )
                ? Secrets.DeadManWebhook
                : null,
            Image = alertmanager.ImageOr("image", Images.Alertmanager),
            Port = alertmanager.PortOr("port", Components.Alertmanager.Port, OnLoopback),
            Memory = alertmanager.MemoryOr("memory", Size.MiB(128)),
            Cpus = alertmanager.CpusOr("cpus", Cpu.Cores(0.25m)),
        };

    private static NodeExporterArgs ReadNodeExporter(Section node) => new()
    {
        Image = node.ImageOr("image", Images.NodeExporter),
        Port = node.Port("port", OnLoopback),
        Memory = node.MemoryOr("memory", Size.MiB(64)),
        Cpus = node.CpusOr("cpus", Cpu.Cores(0.25m)),
    };

    private static GrafanaArgs ReadGrafana(Section monitoring, Section grafana) => new()
    {
        Password = Secrets.Grafana,
        Dashboards = DashboardFiles.Read(
            monitoring,
            "dashboards",
            "the same for dashboards, `*.json` as Grafana exports them with the model Classic "
                + "(from 13 on it offers another first, which it does not take from files); their data source has the uid `prometheus`"
        ),
        Image = grafana.ImageOr("image", Images.Grafana),
        Port = grafana.PortOr("port", Components.Grafana.Port, OnLoopback),
        Memory = grafana.MemoryOr("memory", Size.MiB(512)),
        Cpus = grafana.CpusOr("cpus", Cpu.Cores(0.5m)),
    };
}
