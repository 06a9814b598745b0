using Infra.Components;
using Infra.Components.Monitoring;
using Infra.Components.Parts;
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

    private static readonly PrometheusArgs Args = new() { Scrapes = [] };
    private static readonly ServiceSpec Spec = Prometheus.Describe("prometheus", Args);

    [Fact]
    public void Runs_as_nobody_without_capabilities()
    {
        Spec.Should().BeEquivalentTo(new { Role = ServiceRole.Monitoring, User = "65534:65534", ReadOnly = true });
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
    }

    [Fact]
    public void Runs_the_image_that_it_is_given()
    {
        Spec.Image.Should().Be(Images.Prometheus);
        Prometheus.Describe("prometheus", Args with { Image = new("example/prometheus", "1.2.3") }).Image
            .Should().Be(new PinnedImage("example/prometheus", "1.2.3"));
    }

    [Fact]
    public void Keeps_half_of_its_memory_reserved()
    {
        Spec.Limits().Should().Be(new Limits(Size.MiB(512), Size.MiB(256), Cpu.Cores(0.5m), 256));
        Prometheus.Describe("prometheus", Args with { Memory = Size.MiB(300), Cpus = Cpu.Cores(1) }).Limits()
            .Should().Be(new Limits(Size.MiB(300), Size.MiB(150), Cpu.Cores(1), 256));
    }

    [Fact]
    public void Is_asked_by_wget_whether_it_is_healthy()
        => Spec.Health!.Test.Should().Equal("wget", "-q", "-T", "4", "-O", "/dev/null", "http://127.0.0.1:9090/-/healthy");

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Spec.Ports.Should().BeEmpty();
        Prometheus.Describe("prometheus", Args with { Port = 19090 }).Ports.Should().Equal(new Port(9090, 19090));
    }

    [Fact]
    public void Is_reached_on_the_network_of_those_that_watch_and_scrapes_itself()
    {
        Spec.NetworkNames().Should().Equal("monitoring");
        Spec.Endpoint!.Url().ToString().Should().Be("http://prometheus:9090");
        Spec.Text("prometheus.yml").Should().Contain("- targets: [\"localhost:9090\"]").And.NotContain("alerting:");
    }

    [Fact]
    public void Asks_each_container_of_what_there_may_be_several_of_and_their_number_changes_nothing()
    {
        var shop = Shop with { Replicas = 1 };
        var prometheus = Watching(shop);

        prometheus.Text("prometheus.yml").Should().EndWith("""
              - job_name: web
                metrics_path: "/metrics"
                dns_sd_configs:
                  - names: [web]
                    type: A
                    port: 8000
                    refresh_interval: 15s

            """.ReplaceLineEndings("\n"));
        prometheus.Text("rules/addresses.yaml").Should().Contain("expr: absent(up{job=\"web\"})", "one that has no address is asked nothing");
        Watching(shop with { Replicas = 3 }).Should().BeEquivalentTo(prometheus);
        Watching(shop with { Ports = [new Port(8000, 8000)] }).Text("prometheus.yml").Should().Contain("\"web:8000\"");

        static ServiceSpec Watching(ServiceSpec service) => Prometheus.Describe("prometheus", new() { Scrapes = [service] });
    }

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

        prometheus.Text("prometheus.yml").Should().Be("""
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

        Prometheus.Describe("prometheus", Args with { Targets = [mailer!, edge!] }).Text("prometheus.yml").Should().EndWith("""
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
    public void Starts_after_those_that_it_is_told()
        => Prometheus.Describe("prometheus", Args with { After = [Rabbit] }).WaitsFor.Should().Equal(new Wait("rabbitmq"));

    [Fact]
    public void Keeps_thirty_days_on_a_volume_and_has_time_to_write_the_last_of_them()
    {
        Spec.Command.Should().Equal(
            "--config.file=/run/configs/prometheus.yml", "--storage.tsdb.path=/prometheus", "--storage.tsdb.retention.time=30d");
        Spec.Mounts.Should()
            .Equal(new VolumeMount(new Volume("prometheus") { LeftOut = "what was measured; nothing needs it to run" }, "/prometheus"));
        Spec.StatePaths.Should().Equal("/prometheus");
        Spec.StopGrace.Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Keeps_samples_where_and_as_long_as_it_is_told()
    {
        var spec = Prometheus.Describe("prometheus", Args with { RetentionDays = 7, Volume = "samples" });

        spec.Command.Should().Contain("--storage.tsdb.retention.time=7d");
        spec.Mounts.OfType<VolumeMount>().Select(mount => (mount.Volume.Name, mount.Target)).Should().Equal(("samples", "/prometheus"));
    }

    [Fact]
    public void Brings_its_rules_along()
        => Spec.Files.Select(file => file.Path).Should().Equal(
            [.. MonitoringFiles.Rules.Keys.Select(rule => $"/run/configs/rules/{rule}").Prepend("/run/configs/prometheus.yml")]);

    [Fact]
    public void Takes_the_rules_it_is_given()
    {
        var rules = MonitoringFiles.Rules.Clear().Add("mine.yaml", "groups: []");

        Prometheus.Describe("prometheus", new() { Scrapes = [], Rules = rules }).Files.Select(file => file.Path)
            .Should().Equal("/run/configs/prometheus.yml", "/run/configs/rules/mine.yaml");
    }
}
