using Infra.Components.Monitoring;
using Infra.Model;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

public sealed class MonitoringSettingsTests
{
    [Theory]
    [InlineData("dev", false)]
    [InlineData("prod", true)]
    public void Production_is_watched_unless_told_otherwise(string environment, bool watched)
    {
        var settings = SettingsOf.Text($"config:\n  infra:environment: {environment}\n");
        var other = SettingsOf.Text(
            $"config:\n  infra:environment: {environment}\n  infra:monitoring: {{ enabled: {(!watched ? "true" : "false")} }}\n"
        );

        settings.Monitoring.Enabled.Should().Be(watched);
        settings.Args<Infra.Components.RabbitMqArgs>("rabbitmq").Metrics.Should().Be(watched);
        other.Monitoring.Enabled.Should().Be(!watched);
        other.Args<Infra.Components.RabbitMqArgs>("rabbitmq").Metrics.Should().Be(!watched);
    }

    [Fact]
    public void Every_setting_is_read()
    {
        var monitoring = SettingsOf.Text("""
            config:
              infra:environment: prod
              infra:monitoring:
                intervalSeconds: 5
                retentionDays: 7
                webhook: true
                deadMan: true
                prometheus: { image: "acme/prometheus:v3.1.0", port: 1, memory: 1GiB, cpus: 2 }
                alertmanager: { port: 2 }
                grafana: { port: 3 }
                nodeExporter: { port: 4 }
            """).Monitoring;

        (monitoring.Prometheus.Interval, monitoring.Prometheus.RetentionDays).Should().Be((TimeSpan.FromSeconds(5), 7));
        (monitoring.Prometheus.Image.Reference, monitoring.Prometheus.Memory).Should().Be(("acme/prometheus:v3.1.0", Size.GiB(1)));
        new[] { monitoring.Prometheus.Port, monitoring.Alertmanager.Port, monitoring.Grafana.Port, monitoring.NodeExporter.Port }
            .Should()
            .Equal(1, 2, 3, 4);
        (monitoring.Alertmanager.Webhook, monitoring.Alertmanager.DeadMan).Should().Be((Secrets.AlertWebhook, Secrets.DeadManWebhook));
    }

    [Fact]
    public async Task A_folder_of_rules_adds_files_and_replaces_those_of_the_same_name()
    {
        var topology = await WatchedAsync(
            "infra:monitoring: { rules: watch }",
            ("redis.yaml", "groups: []"),
            ("shop.yaml", "groups: [] # mine"),
            ("notes.txt", "no rules")
        );

        var prometheus = topology.Find("prometheus")!;

        prometheus.Files.Single(file => file.Name == "rules/redis.yaml").Content.ToString().Should().Be("groups: []");
        Files(prometheus, "rules/").Should().BeEquivalentTo([.. MonitoringFiles.Rules.Keys, "shop.yaml", "addresses.yaml"]);
    }

    [Theory]
    [InlineData(
        "prod",
        "services: {rabbitmq: {}}",
        "application celery node postgres prometheus rabbitmq redis",
        "application celery postgres rabbitmq redis system"
    )]
    [InlineData(
        "prod",
        "services: {rabbitmq: {metrics: false}}",
        "application celery node postgres prometheus redis",
        "application celery postgres redis system"
    )]
    [InlineData("prod", "services: {web: {metrics: ''}}", "celery node postgres prometheus rabbitmq redis", "celery postgres rabbitmq redis system")]
    [InlineData(
        "prod",
        "system: paqueteria\n  infra:app: {celery: shop.celery_app}",
        "application celery node prometheus",
        "application celery system"
    )]
    [InlineData(
        "prod",
        "system: marketplace\n  infra:app: {celery: shop.celery_app}\n  infra:services: {web: {command: serve}}",
        "application celery node postgres prometheus redis",
        "application celery postgres redis system"
    )]
    [InlineData("prod", "system: creator-hub", "application node postgres prometheus redis", "application postgres redis system")]
    public async Task Rules_and_dashboards_are_those_of_what_is_scraped(string environment, string line, string rules, string dashboards)
    {
        var topology = await StackFactory.GatherAsync(SettingsOf.Text($"config:\n  infra:environment: {environment}\n  infra:{line}\n"));

        Files(topology.Find("prometheus")!, "rules/").Select(Path.GetFileNameWithoutExtension).Except(["addresses"]).Should().Equal(rules.Split(' '));
        Files(topology.Find("grafana")!, "dashboards/").Select(Path.GetFileNameWithoutExtension).Should().Equal(dashboards.Split(' '));
    }

    [Fact]
    public async Task Targets_of_ones_own_are_scraped()
    {
        var topology = await StackFactory.GatherAsync(
            SettingsOf.Text("config:\n  infra:environment: prod\n  infra:monitoring: { scrape: { mailer: \"mailer:9200/stats\" } }\n")
        );

        topology.Find("prometheus")!.Files.Single(file => file.Name == "prometheus.yml").Content.ToString()
            .Should().EndWith("  - job_name: mailer\n    metrics_path: \"/stats\"\n    static_configs:\n      - targets: [\"mailer:9200\"]\n");
    }

    [Fact]
    public void A_target_that_is_none_is_told_with_its_place() =>
        SettingsOf
            .Problems("config:\n  infra:environment: prod\n  infra:monitoring: { scrape: { mailer: mailer, \"a b\": \"a:1\" } }\n", "prod")
            .Split('\n')
            .Should()
            .Equal(
                "Pulumi.prod.yaml:3:49 infra:monitoring.scrape.a b: 'a b' is not a name for what is scraped. Write letters, digits, '-' and '_'.",
                "Pulumi.prod.yaml:3:33 infra:monitoring.scrape.mailer: 'mailer' is not an address of metrics. "
                    + "Write host:port, and the path behind it where that is not /metrics: mailer:9200/stats."
            );

    [Fact]
    public async Task Folders_of_ones_own_are_taken_whatever_is_scraped()
    {
        var topology = await WatchedAsync(
            "infra:system: paqueteria\n  infra:app: {celery: shop.celery_app}\n  infra:monitoring: { rules: watch, dashboards: watch }",
            ("rabbitmq.yaml", "groups: []"),
            ("rabbitmq.json", "{}")
        );

        Files(topology.Find("prometheus")!, "rules/").Should().Contain("rabbitmq.yaml");
        Files(topology.Find("grafana")!, "dashboards/").Should().Contain("rabbitmq.json");
    }

    [Theory]
    [InlineData(
        "{ \"elements\": {}, \"layout\": {} }",
        "has Grafana's new form of dashboards, which it does not take from files. Export it with the model Classic."
    )]
    [InlineData("{\n  \"panels\": [", "is not JSON from line 2 on. Export it again.")]
    [InlineData("[]", "is not a dashboard. Export it again.")]
    public async Task A_dashboard_that_Grafana_would_leave_out_is_told(string text, string message)
    {
        var reading = () => WatchedAsync("infra:monitoring: { dashboards: watch }", ("mine.json", text));

        (await reading.Should().ThrowAsync<SettingsException>())
            .Which.Message.Should()
            .Contain($"infra:monitoring.dashboards: 'mine.json' {message}");
    }

    [UnixFact]
    public async Task A_linked_folder_and_the_links_in_it_are_followed()
    {
        using var elsewhere = new TemporaryRoot();
        File.WriteAllText(Path.Combine(elsewhere.Path, "shared"), "groups: [] # shared");
        File.CreateSymbolicLink(Path.Combine(elsewhere.Path, "shop.yaml"), "shared");

        var topology = await LinkedAsync(elsewhere.Path);

        topology.Find("prometheus")!.Files.Single(file => file.Name == "rules/shop.yaml").Content.ToString().Should().Be("groups: [] # shared");
    }

    [UnixTheory]
    [InlineData("nowhere", "'watch/shop.yaml': It cannot be read: Could not find file ")]
    [InlineData("shop.yaml", "'watch/shop.yaml': It cannot be read: ")]
    public async Task A_link_that_leads_nowhere_is_told(string target, string message)
    {
        using var elsewhere = new TemporaryRoot();
        File.CreateSymbolicLink(Path.Combine(elsewhere.Path, "shop.yaml"), target);

        var reading = () => LinkedAsync(elsewhere.Path);

        (await reading.Should().ThrowAsync<SettingsException>())
            .Which.Message.Should()
            .StartWith($"Pulumi.dev.yaml:3:23 infra:monitoring.rules: {message}")
            .And.EndWith(" Check that it is there and yours to read.");
    }

    [UnixFact]
    public async Task A_folder_whose_link_leads_nowhere_is_told()
    {
        var reading = () => LinkedAsync("nowhere");

        (await reading.Should().ThrowAsync<SettingsException>()).Which.Message.Should()
            .Be("Pulumi.dev.yaml:3:23 infra:monitoring.rules: There is no folder 'watch'. Create it, with files *.yaml, or drop the setting.");
    }

    [Fact]
    public void What_cannot_be_is_told_with_its_place() =>
        SettingsOf
            .Problems(
                "config:\n  infra:environment: prod\n  infra:monitoring: { rules: nowhere, retentionDays: 0, interval: 5, intervalSeconds: 61 }\n",
                "prod"
            )
            .Split('\n')
            .Should()
            .Equal(
                "Pulumi.prod.yaml:3:23 infra:monitoring.rules: There is no folder 'nowhere'. Create it, with files *.yaml, or drop the setting.",
                "Pulumi.prod.yaml:3:70 infra:monitoring.intervalSeconds: '61' is not a whole number from 1 to 60. Write a whole number from 1 to 60.",
                "Pulumi.prod.yaml:3:39 infra:monitoring.retentionDays: '0' is not a whole number from 1 to 3650. "
                    + "Write a whole number from 1 to 3650.",
                "Pulumi.prod.yaml:3:57 infra:monitoring.interval: There is no such setting. Known here: alertmanager, dashboards, "
                    + "deadMan, enabled, grafana, intervalSeconds, nodeExporter, prometheus, retentionDays, rules, scrape, webhook."
            );

    // Production whose project has these files in a folder 'watch'.
    private static async Task<Topology> WatchedAsync(string settings, params (string Name, string Text)[] files)
    {
        using var root = new TemporaryRoot();
        var folder = Directory.CreateDirectory(Path.Combine(root.Path, "watch")).FullName;
        foreach (var (name, text) in files) File.WriteAllText(Path.Combine(folder, name), text);
        var source = SettingsOf.Source(Sample.Complete($"config:\n  infra:environment: prod\n  {settings}\n")) with { Root = root.Path };
        return await StackFactory.GatherAsync(SettingsParser.Parse(source, "shop", "prod"));
    }

    // Production whose rules are in a folder 'watch' that is a link.
    private static async Task<Topology> LinkedAsync(string target)
    {
        using var root = new TemporaryRoot();
        Directory.CreateSymbolicLink(Path.Combine(root.Path, "watch"), target);
        var source = SettingsOf.Source(Sample.Complete("config:\n  infra:environment: prod\n  infra:monitoring: { rules: watch }\n")) with
        {
            Root = root.Path,
        };
        return await StackFactory.GatherAsync(SettingsParser.Parse(source, "shop", "prod"));
    }

    private static IEnumerable<string> Files(ServiceSpec service, string folder) =>
        service
            .Files.Where(file =>
                file.Name.StartsWith(folder, StringComparison.Ordinal) && !file.Name.EndsWith("/dashboards.yaml", StringComparison.Ordinal)
            )
            .Select(file => file.Name[folder.Length..]);
}
