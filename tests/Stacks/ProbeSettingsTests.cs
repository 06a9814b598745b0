using Infra.Model;
using Infra.Model.Rules;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>How a service is asked whether it is well, as its settings say.</summary>
public sealed class ProbeSettingsTests
{
    [Fact]
    public async Task One_that_says_why_it_has_none_needs_no_waiver_besides()
    {
        const string Yaml = "config: {infra:environment: dev, infra:services: {jobs: {kind: process, command: work, probe: {none: it ends itself}}}}";
        var settings = SettingsOf.Exactly(Yaml);

        var findings = settings.Waivers.Apply(Review.Run(await StackFactory.GatherAsync(settings))).ToArray();

        findings.Should().ContainSingle(finding => finding.Rule == "HEALTHCHECK").Which.Reason.Should().Be("it ends itself");
        findings.Should().NotContain(finding => finding.Severity == Severity.Error);
    }

    [Fact]
    public async Task A_service_is_probed_as_often_and_as_patiently_as_it_is_told_to()
    {
        var usual = (await GatherAsync("{}")).Find("rabbitmq")!.Health!;
        var topology = await GatherAsync(
            "{rabbitmq: {probe: {retries: 10, timeoutSeconds: 20}}, web: {probe: {intervalSeconds: 60, startPeriodSeconds: 300}}}"
        );

        topology.Find("rabbitmq")!.Health.Should().BeEquivalentTo(usual with { Retries = 10, Timeout = TimeSpan.FromSeconds(20) });
        var web = topology.Find("web")!.Health!;
        (web.Interval, web.StartPeriod).Should().Be((TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task What_prod_adds_is_probed_as_it_is_told_to_and_else_in_its_own_way()
    {
        var usual = await ProdAsync("");
        var told = await ProdAsync(
            "  infra:proxy: {probe: {retries: 10}}\n  infra:monitoring: {prometheus: {probe: {timeoutSeconds: 25}}, "
                + "grafana: {probe: {startPeriodSeconds: 300}}}\n"
        );

        told.Find("proxy")!.Health.Should().BeEquivalentTo(usual.Find("proxy")!.Health! with { Retries = 10 });
        told.Find("prometheus")!.Health.Should().BeEquivalentTo(usual.Find("prometheus")!.Health! with { Timeout = TimeSpan.FromSeconds(25) });
        told.Find("grafana")!.Health.Should().BeEquivalentTo(usual.Find("grafana")!.Health! with { StartPeriod = TimeSpan.FromMinutes(5) });
        told.Find("node-exporter")!.Health.Should().BeEquivalentTo(usual.Find("node-exporter")!.Health);

        static Task<Topology> ProdAsync(string keys) => StackFactory.GatherAsync(
            SettingsOf.Exactly($"config:\n  infra:environment: prod\n{keys}  infra:services: {{web: {{command: serve}}}}\n"));
    }

    [Fact]
    public async Task A_system_has_its_services_by_its_own_names() =>
        (await GatherAsync("{rabbit: {probe: {retries: 10}}}", "  infra:system: hexagonal\n  infra:app: {celery: shop.celery_app}\n"))
            .Find("rabbit")!
            .Health!.Retries.Should()
            .Be(10);

    [Theory]
    [InlineData("command: [python3, -m, shop.ping]", "python3 -m shop.ping")]
    [InlineData("command: python3 -m shop.ping", "python3 -m shop.ping")]
    public async Task A_command_is_run_as_it_is_written(string probe, string command) =>
        string.Join(' ', (await ProbedAsync(probe))!.Test).Should().Be(command);

    [Theory]
    [InlineData("http: ':9200/_cluster/health'", "9200", "/_cluster/health")]
    [InlineData("http: '9200'", "9200", "/")]
    [InlineData("tcp: 5000", "5000")]
    [InlineData("file: /tmp/alive", "/tmp/alive", "60")]
    [InlineData("file: /tmp/alive, fileAgeSeconds: 15", "/tmp/alive", "15")]
    public async Task Anything_else_is_asked_by_a_program_that_is_there(string probe, params string[] parts)
    {
        var health = await ProbedAsync(probe);

        string.Join(' ', health!.Test).Should().ContainAll(parts);
    }

    [Fact]
    public async Task A_service_without_a_probe_is_waited_for_until_it_has_started()
    {
        var topology = await GatherAsync("{redis: {probe: {none: it is only a cache}}}");

        topology.Find("redis")!.Health.Should().BeNull();
        topology.Find("web")!.WaitsFor.Should().Contain(new Wait("redis", WaitCondition.Started));
    }

    [Theory]
    [InlineData(
        "{retries: 0}",
        ":3:34 infra:services.web.probe.retries: '0' is not a whole number from 1 to 1000. Write a whole number from 1 to 1000."
    )]
    [InlineData(
        "{interval: 5}",
        ":3:34 infra:services.web.probe.interval: There is no such setting. Known here: command, file, fileAgeSeconds, http, image, "
            + "intervalSeconds, none, retries, startPeriodSeconds, tcp, timeoutSeconds."
    )]
    [InlineData(
        "{none: a cache, retries: 5}",
        ":3:34 infra:services.web.probe.none: Without a probe its times would change nothing. Drop none, or the times."
    )]
    [InlineData("5", ":3:26 infra:services.web.probe: This is not a map of settings. Write a map of settings.")]
    [InlineData(
        "{tcp: 5000, http: ':5000/'}",
        ":3:34 infra:services.web.probe.tcp: http is set, too, and a service has one probe. Drop one of the two."
    )]
    [InlineData(
        "{fileAgeSeconds: 5}",
        ":3:34 infra:services.web.probe.fileAgeSeconds: There is no file whose age it could be. Set file, or drop it."
    )]
    [InlineData(
        "{http: 'localhost:80/'}",
        ":3:34 infra:services.web.probe.http: 'localhost:80/' is not a port with a path. Write :PORT/PATH, such as :9200/_cluster/health."
    )]
    public void What_cannot_be_is_told_with_its_place(string probe, string message) =>
        SettingsOf.Problems(Text($"{{web: {{probe: {probe}}}}}")).Should().Be("Pulumi.dev.yaml" + message);

    [Fact]
    public void What_has_no_probe_of_its_own_has_no_times_of_one() =>
        SettingsOf.Problems(Text("{rq: {kind: process, command: rq worker, probe: {retries: 3}}}")).Should()
            .Be("Pulumi.dev.yaml:3:60 infra:services.rq.probe: A process has no probe of its own whose times these could be. "
                + "Set command, http, tcp or file, or drop it.");

    [Fact]
    public void A_probe_of_a_service_that_there_is_not_is_told_as_the_service_is() =>
        SettingsOf.Problems(Text("{wbe: {probe: {retries: 3}}}")).Should()
            .StartWith("Pulumi.dev.yaml:3:20 infra:services.wbe: It does not say what kind of service it is, and is not called after one.");

    private static async Task<HealthCheck?> ProbedAsync(string probe) =>
        (await GatherAsync($"{{own: {{kind: process, command: serve, probe: {{{probe}}}}}}}")).Find("own")!.Health;

    private static Task<Topology> GatherAsync(string services, string more = "") => StackFactory.GatherAsync(SettingsOf.Text(Text(services) + more));

    private static string Text(string services) => $"config:\n  infra:environment: dev\n  infra:services: {services}\n";
}
