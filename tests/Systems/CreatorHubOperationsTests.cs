using Infra.Components;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Operations.Backups;
using Infra.Tests.Support;

namespace Infra.Tests.Systems;

/// <summary>What Creator Hub is operated with: metrics, logs, TLS, backups, a pipeline.</summary>
public sealed class CreatorHubOperationsTests(SystemStacks stacks) : SystemTest(stacks, "creator-hub")
{
    private const string Next = "  infra:ollama:\n";
    private static readonly string[] Own = ["auth-service", "creator-hub-service", "ai-engine-service", "channel-service"];

    [
        Fact,
        Deviation(
            "Each is a setting away, since development needs none. Logs are the engine's own files until a driver is named: "
                + "`logs creator-hub -f` follows all of them in one place. ELK itself is not run here; "
                + "gelf, syslog and fluentd are what its Logstash takes in. The gateway, Ollama and Chroma are not scraped.",
            Setting = "`infra:proxy.sites`, `infra:backup.enabled`, `infra:monitoring.enabled: true`, `infra:logging.driver`"
        )
    ]
    public async Task C9_metrics_are_there_when_they_are_asked_for()
    {
        var topology = await WithAsync(Next, "  infra:monitoring: {enabled: true}\n" + Next);

        topology
            .Services.Select(service => service.Name)
            .Should()
            .Contain(["prometheus", "grafana", "alertmanager", "node-exporter", "postgres-exporter", "redis-exporter"]);
        var scraped = topology.Find("prometheus")!.Files.Single(file => file.Name == "prometheus.yml").Content.ToString();
        scraped
            .Should()
            .ContainAll("\"auth-service:8001\"", "\"creator-hub-service:8002\"", "\"ai-engine-service:8003\"", "\"channel-service:8004\"");
        foreach (var name in Own)
        {
            topology.Find(name)!.Metrics.Should().Equal(new MetricsEndpoint(this[name].Endpoint!.Port));
            File("samples", "creator-hub", name.Replace('-', '_'), "main.py").Should().Contain("metrics.add_to(app)");
        }
    }

    [Fact]
    public void C9_metrics_do_not_pass_the_gateway()
    {
        this["gateway"].Text("Caddyfile").Should().Contain("@hidden path /metrics /metrics/*\n");
        foreach (var path in new[] { "auth", "hub", "ai", "channel" })
            this["gateway"].Text("Caddyfile").Should().Contain($"uri strip_prefix /{path}\n\t\t\trespond @hidden 404\n");
    }

    [Fact]
    public async Task C9_logs_go_to_a_place_of_their_own_when_one_is_named() =>
        (await WithAsync(Next, "  infra:logging: {driver: gelf, options: {gelf-address: \"udp://logs.example.org:12201\"}}\n" + Next))
            .Services.Should()
            .OnlyContain(service => service.Logging!.Driver == "gelf" && service.Logging.Options["gelf-address"] == "udp://logs.example.org:12201");

    [Fact]
    public async Task C9_the_gateway_speaks_TLS_when_it_is_asked_for()
    {
        var topology = await WithAsync(Next, "  infra:proxy: {httpsPort: 9443, sites: {hub.localhost: {tls: internal}}}\n" + Next);

        topology.Services.Where(service => !service.Ports.IsEmpty).Select(service => service.Name).Should().Equal("gateway");
        topology.Find("gateway")!.Ports.Should().Contain(new Port(Proxy.HttpsPort, 9443));
        topology.Find("gateway")!.Upstreams.Select(upstream => (upstream.Site.Host, upstream.Path, upstream.Service)).Should().Contain(
            ("hub.localhost", "/auth", "auth-service"));
        Review.Run(topology).Should().BeEmpty();
    }

    [Fact]
    public void C9_the_gateway_cannot_be_switched_off() =>
        SettingsOf
            .Problems("config:\n  infra:environment: dev\n  infra:system: creator-hub\n  infra:proxy: {enabled: false}\n")
            .Should()
            .EndWith("infra:proxy.enabled: The system does not work without it. Drop it.");

    [Fact]
    public async Task C9_the_database_is_backed_up_daily_when_that_is_asked_for()
    {
        var topology = await WithAsync(Next, "  infra:backup: {enabled: true, at: \"02:30\"}\n" + Next);
        var backup = topology.Find("backup")!;

        backup.Environment["BACKUP_AT"].ToString().Should().Be("02:30");
        backup.Environment["PGHOST"].ToString().Should().Be("postgres");
        backup.Mounts.OfType<VolumeMount>().Select(mount => mount.Volume.Name).Should().Equal("backups");
        Review.Run(topology).Should().BeEmpty();
        Topology.Find("backup").Should().BeNull("nobody asked for it");
    }

    [Fact]
    public void C9_what_no_backup_takes_is_said()
    {
        var taken = BackupPart.From(Topology).Select(part => part.Name).ToList();

        taken.Should().Contain(["postgres", "redis", "chromadb"]);
        taken.Contains("ollama").Should().Be(!Rows.Document().Contains(Rows.NotBackedUp, StringComparison.Ordinal));
    }

    [Fact]
    public void C9_every_log_is_bounded_and_where_one_command_follows_all_of_them()
    {
        Topology.Services.Should().OnlyContain(service => service.Logging == Logging.Default);
        Compose().Should().Contain("driver: json-file").And.Contain("max-size: \"10m\"");
    }

    [Fact]
    public void C9_the_pipeline_runs_every_test_and_previews_each_pull_request()
    {
        File(".github", "workflows", "test.yml").Should().ContainAll("pull_request:", "run: ./test.sh --fast", "run: ./test.sh\n");
        File(".github", "workflows", "preview.yml").Should().ContainAll("pull_request:", "command: preview");
        File(".github", "workflows", "image.yml").Should().ContainAll("branches: [main]", "cache-from=", ":$GITHUB_SHA", "--push");
    }
}
