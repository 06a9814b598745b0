using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

public sealed class ProbeSettingsTests
{
    [Fact]
    public async Task A_service_is_probed_as_often_and_as_patiently_as_it_is_told_to()
    {
        var usual = (await StackFactory.GatherAsync(Read("{}"))).Find("rabbitmq")!.Health!;
        var topology = await StackFactory.GatherAsync(
            Read("{rabbitmq: {retries: 10, timeoutSeconds: 20}, web: {intervalSeconds: 60, startPeriodSeconds: 300}}")
        );

        topology.Find("rabbitmq")!.Health.Should().BeEquivalentTo(usual with { Retries = 10, Timeout = TimeSpan.FromSeconds(20) });
        var web = topology.Find("web")!.Health!;
        (web.Interval, web.StartPeriod).Should().Be((TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5)));
    }

    [Fact]
    public async Task A_system_has_its_services_by_its_own_names() =>
        (await StackFactory.GatherAsync(Read("{rabbit: {retries: 10}}", "  infra:system: hexagonal\n")))
            .Find("rabbit")!
            .Health!.Retries.Should()
            .Be(10);

    [Theory]
    [InlineData(
        "{web: {retries: 0}}",
        "Pulumi.dev.yaml:3:24 infra:probes.web.retries: '0' is not a whole number from 1 to 1000. Write a whole number from 1 to 1000."
    )]
    [InlineData(
        "{web: {interval: 5}}",
        "Pulumi.dev.yaml:3:24 infra:probes.web.interval: There is no such setting. "
            + "Known here: intervalSeconds, retries, startPeriodSeconds, timeoutSeconds."
    )]
    [InlineData("{web: 5}", "Pulumi.dev.yaml:3:18 infra:probes.web: This is not a map of settings. Write a map of settings.")]
    public void What_cannot_be_is_told_with_its_place(string probes, string message) => SettingsOf.Problems(Text(probes)).Should().Be(message);

    [Theory]
    [InlineData(ImageSource.Registry)]
    [InlineData(ImageSource.Debian)]
    public async Task A_service_that_the_stack_does_not_have_is_told(ImageSource images)
    {
        // Debian has no package of Flower: that makes it no unknown service.
        var settings = Read("{wbe: {retries: 3}, flower: {retries: 3}}", "  infra:services: {flower: {}}\n");

        var all = await StackFactory.GatherAllAsync(settings, images, await StackFactory.GatherAsync(settings, images));
        var findings = StackFactory.Review(settings, all);

        findings
            .Should()
            .ContainSingle()
            .Which.ToString()
            .Should()
            .Be("error SETTINGS infra:probes.wbe: The stack probes no such service. Did you mean 'web'?");
    }

    [Fact]
    public async Task Check_ends_with_1_on_it()
    {
        using var run = new CommandLineRun();
        run.Write("Pulumi.dev.yaml", Text("{wbe: {retries: 3}}"));

        (await run.RunAsync("check", "dev")).Should().Be(1);

        (run.Out + run.Error).Should().Contain("infra:probes.wbe: The stack probes no such service. Did you mean 'web'?");
    }

    private static Settings Read(string probes, string more = "") => SettingsOf.Text(Text(probes) + more);

    private static string Text(string probes) => $"config:\n  infra:environment: dev\n  infra:probes: {probes}\n";
}
