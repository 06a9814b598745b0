using Infra.Model;

namespace Infra.Tests.Systems;

/// <summary>What watches Paquetería: Prometheus, Grafana and the exporters.</summary>
public sealed class PaqueteriaMonitoringTests(SystemStacks stacks) : SystemTest(stacks, "paqueteria")
{
    [
        Fact,
        Deviation(
            "An exact version instead of `latest`. Alert rules are files that Prometheus itself evaluates. "
                + "Celery is counted by an eighth container, `celery-metrics`.",
            Setting = "`infra:monitoring.prometheus.image`, with a digest"
        )
    ]
    public void E5_Prometheus_scrapes_app_machine_and_Celery_and_keeps_30_days()
    {
        var prometheus = this["prometheus"];
        var configuration = prometheus.Files.Single(file => file.Name == "prometheus.yml").Content.ToString();

        prometheus.Image.ToString().Should().MatchRegex("^prom/prometheus:v[0-9]+\\.[0-9]+");
        prometheus.Ports.Should().Equal(new Port(9090, 9090));
        prometheus.Command.Should().Contain("--storage.tsdb.retention.time=30d");
        configuration.Should().Contain("app:8000").And.Contain("node_exporter:9100").And.Contain("celery-metrics:9808");
        Volumes("prometheus").Should().Equal(("prometheus_data", "/prometheus"));
        Probe(prometheus).Test.Should().EndWith("/-/healthy");
    }

    [
        Fact,
        Deviation(
            "An exact version instead of `latest`. Alerts are Prometheus' own. "
                + "Grafana is never run live: those tests take their images from Debian, which has no package of it.",
            Setting = "`infra:monitoring.grafana.image`, with a digest"
        )
    ]
    public void E6_Grafana_has_its_password_from_a_secret_and_all_else_from_files()
    {
        var grafana = this["grafana"];

        grafana.Image.ToString().Should().MatchRegex("^grafana/grafana:[0-9]+\\.[0-9]+");
        grafana.Ports.Should().Equal(new Port(3000, 3000));
        grafana.Environment["GF_USERS_ALLOW_SIGN_UP"].ToString().Should().Be("false");
        grafana.Environment["GF_SECURITY_ADMIN_PASSWORD"].ToString().Should().Be("$__file{/run/secrets/grafana-password}");
        grafana
            .Files.Select(file => file.Name)
            .Should()
            .Contain([
                "provisioning/datasources/sources.yaml",
                "provisioning/dashboards/dashboards.yaml",
                "dashboards/application.json",
                "dashboards/system.json",
                "dashboards/celery.json",
            ]);
        this["prometheus"].Files.Select(file => file.Name).Should().Contain(["rules/application.yaml", "rules/node.yaml", "rules/celery.yaml"]);
        Volumes("grafana").Should().Equal(("grafana_data", "/var/lib/grafana"));
        Probe(grafana).Test.Should().EndWith("/api/health");
    }

    [Theory]
    [InlineData("webhook", "alert-webhook")]
    [InlineData("deadMan", "deadman-webhook")]
    public async Task E6_who_is_to_be_told_of_alerts_is_told(string setting, string secret)
    {
        var told = await WithAsync("infra:monitoring:\n", $"infra:monitoring:\n    {setting}: true\n");

        this["prometheus"].Files.Single(file => file.Name == "prometheus.yml").Content.ToString().Should().NotContain("alerting:");
        told.Find("prometheus")!
            .Files.Single(file => file.Name == "prometheus.yml")
            .Content.ToString()
            .Should()
            .Contain("- targets: [\"alertmanager:9093\"]")
            .And.Contain("job_name: alertmanager");
        told.Find("grafana")!
            .Files.Single(file => file.Name.EndsWith("sources.yaml", StringComparison.Ordinal))
            .Content.ToString()
            .Should()
            .Contain("http://alertmanager:9093");
        told.Find("alertmanager")!.Files.Select(file => file.Name).Should().Contain(secret);
    }

    [Fact]
    public void E5_the_five_queues_are_counted_where_the_broker_counts_none()
        => this["celery-metrics"].Command.Should().EndWith(["9808", "reports", "sms", "files", "maintenance", "default"]);

    [Fact, Deviation("An exact version instead of `latest`.", Setting = "`infra:monitoring.nodeExporter.image`, with a digest")]
    public void E7_the_node_exporter_reads_the_machine_and_writes_nothing()
    {
        var node = this["node_exporter"];

        node.Ports.Should().Equal(new Port(9100, 9100));
        node.Mounts.Should()
            .Equal(
                new BindMount("/proc", "/host/proc", ReadOnly: true),
                new BindMount("/sys", "/host/sys", ReadOnly: true),
                new BindMount("/", "/rootfs", ReadOnly: true)
            );
        Probe(node).Test.Should().EndWith("/metrics");
    }

    private IEnumerable<(string, string)> Volumes(string service)
        => this[service].Mounts.OfType<VolumeMount>().Select(mount => (mount.Volume.Name, mount.Target));
}
