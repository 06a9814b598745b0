using Infra.Components;
using Infra.Components.Monitoring;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class PrometheusTests
{
    private static readonly Network App = new("app");
    private static readonly Network Data = new("data", Internal: true);

    private static readonly ServiceSpec Shop = Specs.Web("web") with { Metrics = [new MetricsEndpoint(8000, "/metrics")], Networks = [App, Data] };
    private static readonly ServiceSpec Rabbit = RabbitMq.Describe("rabbitmq", new() { Password = new("pw") }) with { Networks = [Data] };
    private static readonly ServiceSpec Alerts = Alertmanager.Describe("alertmanager", new());

    [Fact]
    public void Scrapes_what_has_metrics_by_the_description_that_runs_it()
    {
        var prometheus = Prometheus.Describe(
            "prometheus",
            new()
            {
                Scrapes = [Shop, Specs.Worker(), Rabbit],
                Alertmanager = Alerts,
                Interval = TimeSpan.FromSeconds(5),
            }
        );

        File(prometheus, "prometheus.yml").Should().Be("""
            global:
              scrape_interval: 5s
              evaluation_interval: 5s
            rule_files:
              - /run/configs/rules/*.yaml
            alerting:
              alertmanagers:
                - static_configs:
                    - targets: ["alertmanager:9093"]
            scrape_configs:
              - job_name: prometheus
                metrics_path: "/metrics"
                static_configs:
                  - targets: ["localhost:9090"]
              - job_name: web
                metrics_path: "/metrics"
                static_configs:
                  - targets: ["web:8000"]
              - job_name: rabbitmq
                metrics_path: "/metrics"
                static_configs:
                  - targets: ["rabbitmq:15692"]
              - job_name: rabbitmq-queues
                metrics_path: "/metrics/detailed"
                params:
                  family: ["queue_coarse_metrics", "queue_consumer_count"]
                static_configs:
                  - targets: ["rabbitmq:15692"]

            """);
    }

    [Fact]
    public void Scrapes_what_no_component_describes_where_it_is_told()
    {
        ScrapeTarget.TryParse("mailer", "mailer:9200/stats?kind=all", out var mailer).Should().BeTrue();
        ScrapeTarget.TryParse("edge", "edge.example.org:9100", out var edge).Should().BeTrue();

        File(Prometheus.Describe("prometheus", new() { Scrapes = [], Targets = [mailer!, edge!] }), "prometheus.yml").Should().EndWith("""
              - job_name: mailer
                metrics_path: "/stats"
                params:
                  kind: ["all"]
                static_configs:
                  - targets: ["mailer:9200"]
              - job_name: edge
                metrics_path: "/metrics"
                static_configs:
                  - targets: ["edge.example.org:9100"]

            """);
    }

    [Theory]
    [InlineData("mailer")]
    [InlineData("mailer:0")]
    [InlineData("mailer:x/metrics")]
    [InlineData(":9200")]
    [InlineData("http://mailer:9200")]
    [InlineData("mailer:9200/a\"b")]
    [InlineData("mail er:9200")]
    public void What_is_no_address_is_no_target(string text) => ScrapeTarget.TryParse("mailer", text, out _).Should().BeFalse();

    [Fact]
    public void Is_on_no_more_networks_than_it_needs_to_reach_them()
        => Prometheus.Describe("prometheus", new() { Scrapes = [Shop, Rabbit, Alerts, Specs.Worker() with { Networks = [new Network("jobs")] }] })
            .Networks.Select(network => network.Network).Should().Equal(new Network("monitoring"), App, Data);

    [Fact]
    public void Waits_for_nobody_since_it_is_there_to_tell_who_does_not_come()
        => Prometheus.Describe("prometheus", new() { Scrapes = [Shop, Rabbit], Alertmanager = Alerts }).WaitsFor.Should().BeEmpty();

    [Fact]
    public void Keeps_thirty_days_on_a_volume()
    {
        var prometheus = Prometheus.Describe("prometheus", new() { Scrapes = [] });

        prometheus.Command.Should().Contain("--storage.tsdb.retention.time=30d");
        prometheus.Mounts.Should()
            .Equal(new VolumeMount(new Volume("prometheus") { LeftOut = "what was measured; nothing needs it to run" }, "/prometheus"));
    }

    [Fact]
    public void Takes_the_rules_it_is_given()
    {
        var rules = MonitoringFiles.Rules.Clear().Add("mine.yaml", "groups: []");

        Prometheus.Describe("prometheus", new() { Scrapes = [], Rules = rules }).Files.Select(file => file.Path)
            .Should().Equal("/run/configs/prometheus.yml", "/run/configs/rules/mine.yaml");
    }

    [Fact]
    public void A_service_tells_its_metrics_only_when_it_offers_them()
    {
        RabbitMq.Describe("rabbitmq", new() { Password = new("pw"), Metrics = false }).Metrics.Should().BeEmpty();
        Web.Describe("web", new() { Image = Specs.App, Command = ["run"] }).Metrics.Should().BeEmpty();
        Web.Describe(
                "web",
                new()
                {
                    Image = Specs.App,
                    Command = ["run"],
                    ContainerPort = 80,
                    MetricsPath = "/m",
                }
            )
            .Metrics.Should()
            .Equal(new MetricsEndpoint(80, "/m"));
    }

    private static string File(ServiceSpec service, string name) => service.Files.Single(file => file.Name == name).Content.ToString();
}
