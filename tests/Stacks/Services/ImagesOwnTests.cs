using System.Collections.Immutable;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Stacks;
using Infra.Targets.Compose;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks.Services;

/// <summary>What a service keeps of its image, and what takes its place.</summary>
public sealed class ImagesOwnTests
{
    [Fact]
    public async Task The_images_own_HEALTHCHECK_is_written_nowhere_and_waited_for()
    {
        var topology = await GatherAsync("cache: {kind: container, image: x:1.0, probe: {image: true}}, web: {command: serve, after: [cache]}");

        topology.Find("cache")!.Health.Should().Be(HealthCheck.OfImage);
        topology.Find("web")!.WaitsFor.Should().Contain(new Wait("cache", WaitCondition.Healthy));
        Written(topology, "cache").Should().NotContain("healthcheck");
        Review.Run(topology).Where(finding => finding.Rule is "HEALTHCHECK" or "WAITS").Should().BeEmpty();
    }

    [Fact]
    public async Task Of_the_images_own_HEALTHCHECK_the_timing_alone_is_written_where_it_is_said()
    {
        var topology = await GatherAsync(
            "cache: {kind: container, image: x:1.0, probe: {image: true, startPeriodSeconds: 300, intervalSeconds: 20}}"
        );

        Written(topology, "cache").Should().Contain("    healthcheck:\n      interval: 20s\n      start_period: 5m\n").And.NotContain("test:");
    }

    [Fact]
    public async Task A_container_is_built_from_what_it_says()
    {
        var topology = await GatherAsync(
            "front: {kind: container, build: {context: ui, dockerfile: web/Dockerfile, target: served, args: {API: https://a.example}}}"
        );

        topology.Find("front")!.Image.Should().BeEquivalentTo(new BuiltImage("front", "ui")
        {
            Dockerfile = "web/Dockerfile",
            Target = "served",
            Args = new Dictionary<string, string> { ["API"] = "https://a.example" }.ToImmutableSortedDictionary(StringComparer.Ordinal),
        });
    }

    [Theory]
    [InlineData("x: {kind: container}", "infra:services.x.image: It is not set.")]
    [InlineData("x: {kind: container, image: x:1.0, build: {context: ui}}", "services.x.build: It has an image, too, so nothing would be built.")]
    [InlineData("x: {kind: container, image: x:1.0, probe: {image: true, tcp: 80}}", "infra:services.x.probe.image: tcp is set, too")]
    [InlineData("x: {kind: container, image: x:1.0, delivery: export, secrets: [A_KEY]}", "infra:services.x.command: Its secrets are exported")]
    [InlineData("x: {kind: container, image: x:1.0, delivery: export, secrets: [A_KEY], command: run}", "")]
    [InlineData("x: {kind: container, image: x:1.0, delivery: export, secrets: [A_KEY], entrypoint: run}", "")]
    [InlineData("x: {kind: container, image: x:1.0, secrets: [A_KEY]}", "")]
    public void What_cannot_be_is_told(string service, string message)
    {
        var act = () => SettingsOf.Exactly($"config: {{infra:environment: dev, infra:services: {{{service}}}}}\n");

        if (message.Length == 0) act.Should().NotThrow();
        else act.Should().Throw<Infra.Stacks.Configuration.SettingsException>().WithMessage($"*{message}*");
    }

    [Fact]
    public async Task A_published_images_ENTRYPOINT_finds_the_secrets_there_and_takes_the_command()
    {
        var topology = await StackFactory.GatherAsync(SettingsOf.Exactly(
            "config: {infra:environment: dev, infra:app: {image: x:1.0, entrypoint: /start, delivery: export, secrets: [A_KEY]}, "
                + "infra:services: {w: {kind: process, command: worker}}}\n"
        ));
        var service = topology.Find("w")!;

        service.Entrypoint.Should().Equal([.. service.CommandPrefix, "/start"]);
        service.CommandPrefix.Should().NotBeEmpty();
        service.Command.Should().Equal("worker");
    }

    [Fact]
    public async Task What_runs_to_its_end_holds_no_state_of_its_own()
    {
        var topology = await GatherAsync("fix: {kind: container, image: x:1.0, restart: \"no\", volumes: {media: /media}}");

        topology.Find("fix")!.StatePaths.Should().BeEmpty();
    }

    private static Task<Topology> GatherAsync(string services)
        => StackFactory.GatherAsync(SettingsOf.Exactly($"config: {{infra:environment: dev, infra:services: {{{services}}}}}\n"));

    private static string Written(Topology topology, string service)
    {
        var text = ComposeWriter.Write(topology with { Services = [topology.Find(service)! with { WaitsFor = [] }] }, new ComposeOptions());
        return text[text.IndexOf("services:", StringComparison.Ordinal)..];
    }
}
