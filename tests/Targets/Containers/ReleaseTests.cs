using System.Collections.Immutable;
using Infra.Components;
using Infra.Model;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using Pulumi;
using static Infra.Tests.Targets.Containers.Host;

namespace Infra.Tests.Targets.Containers;

/// <summary>A release goes on only where its web is healthy: the proxy is switched to it then, and what runs the same image comes after it.</summary>
public sealed class ReleaseTests
{
    private static readonly BuiltImage App = new("app", "app");
    private static readonly ServiceSpec Site = Web.Describe("web", new() { Image = App, Command = ["serve"], IsBehindProxy = true });
    private static readonly ServiceSpec Front = Proxy.Describe("proxy", new() { Services = [Site] });
    private static readonly ServiceSpec Worker = AnyService.Named("worker") with
    {
        Image = new BuiltImage("app", "app"),
        Files = [new("settings", "a")],
    };

    [Fact]
    public async Task The_proxy_is_led_to_the_new_container_by_its_own_command_once_that_is_well()
    {
        var run = await OfAsync("one");
        var web = run.Containers.Single(container => container.Name.StartsWith("web-", StringComparison.Ordinal));

        var step = run.Container("proxy-to-web");
        (await step.DependsOnAsync()).Should().Equal(web.Name);
        web["wait"].Should().Be(true, "a container without it is there as soon as it is started");
        step.List("entrypoints").Concat(step.List("command")).Should().Equal([.. Front.Routes.Single().PinTo[..^1], Route.Among([web.Name])]);
        step.Maps("volumes")
            .Select(volume => (volume["volumeName"], volume["containerPath"], volume["readOnly"]))
            .Should()
            .Equal(("shop-dev-proxy-to-web", "/tmp/only/web", false));
        (step["attach"], step["mustRun"], step["restart"], step["networkMode"]).Should().Be((true, false, "no", "none"));
        step["image"].Should().Be(run.Container("proxy")["image"], "it is there already");
        (step["readOnly"], step["memory"], step["memorySwap"]).Should().Be((true, 32.0, 32.0));
        step.List("securityOpts").Should().Equal("no-new-privileges=true");
        ((ImmutableArray<object>)step.Map("capabilities")["drops"]).Should().Equal("ALL");
        step.Label(Labels.Service).Should().BeNull("it is no service");
        step.Label(Labels.Stack).Should().Be("shop-dev");
    }

    [Fact]
    public async Task The_proxy_only_reads_which_container_it_is()
        => (await OfAsync("one")).Container("proxy").Maps("volumes").Where(volume => (string)volume["volumeName"] == "shop-dev-proxy-to-web")
            .Select(volume => (volume["containerPath"], volume["readOnly"])).Should().Equal(("/tmp/only/web", true));

    [Fact]
    public async Task A_deploy_leads_it_again_and_leaves_the_proxy_alone()
    {
        var steps = await Update.BetweenAsync(await OfAsync("one"), await OfAsync("two"));

        steps.Where(step => step.Contains("proxy", StringComparison.Ordinal)).Should().Equal("replace container proxy-to-web (command)");
    }

    [Fact]
    public async Task A_proxy_that_cannot_be_led_ends_the_run_while_the_old_one_serves()
    {
        var run = () => StackRun.OfAsync(() => Make("one"), new RecordingMocks { ExitCode = 1 });

        (await run.Should().ThrowAsync<RunException>()).WithMessage(
            "proxy: It could not be switched to the new web (exit code 1), and the old one keeps serving. "
                + "Read `docker logs shop-dev-proxy-to-web`, fix it, and run the same command again."
        );
    }

    [Fact]
    public async Task What_runs_the_same_image_is_replaced_after_web_is_well_and_so_are_its_files()
    {
        var run = await OfAsync("one");

        (await run.Container("worker").DependsOnAsync()).Should().ContainSingle().Which.Should().MatchRegex("^web-[0-9a-f]{8}$");
        (await run.Container("worker-files").DependsOnAsync()).Should().ContainSingle().Which.Should().MatchRegex("^web-[0-9a-f]{8}$");
        (await run.Container("redis").DependsOnAsync()).Should().BeEmpty("it runs another image");
    }

    [Fact]
    public async Task Where_web_is_stopped_first_nothing_is_led_and_nobody_comes_after_it()
    {
        var run = await StackRun.OfAsync(() =>
        {
            var host = new ContainerHost(Shop, new FakeSecrets());
            foreach (var spec in new[] { Site with { Replacement = Replacement.StopFirst }, Worker, Front }) _ = new AnyService(spec, host);
        });

        run.Containers.Should().NotContain(container => container.Name == "proxy-to-web");
        (await run.Container("worker").DependsOnAsync()).Should().BeEmpty();
    }

    [Fact]
    public void A_service_or_a_volume_of_the_steps_name_is_refused()
    {
        var topology = new Topology(
            Shop,
            [Site, Front, AnyService.Named("proxy-to-web") with { Mounts = [new VolumeMount(new Volume("proxy-to-web"), "/data")] }]
        );

        ContainerTarget
            .Review(topology)
            .Where(finding => finding.Severity == Severity.Error)
            .Select(finding => finding.ToString())
            .Should()
            .BeEquivalentTo(
                "error TARGET-PULUMI proxy: "
                    + "The container that switches it to 'web' would have the name of the service 'proxy-to-web'. Rename 'proxy-to-web'.",
                "error TARGET-PULUMI proxy: The volume that switches it to 'web' would be called 'proxy-to-web', as one that is mounted. "
                    + "Rename the volume 'proxy-to-web'."
            );
    }

    private static Task<StackRun> OfAsync(string content) => StackRun.OfAsync(() => Make(content), new RecordingMocks { NewIds = true });

    private static void Make(string content)
    {
        var host = new ContainerHost(Shop, new FakeSecrets()) { Content = image => $"{image} {content}" };
        foreach (var spec in new[] { AnyService.Named("redis"), Site, Worker, Front }) _ = new AnyService(spec, host);
    }
}
