using System.Collections.Immutable;
using Infra.Model;
using Infra.Tests.Support;
using static Infra.Tests.Targets.Containers.Host;

namespace Infra.Tests.Targets.Containers;

/// <summary>The provider's traps, each closed.</summary>
public sealed class TrapTests
{
    private static readonly ServiceSpec Bare = AnyService.Named("web");
    private static readonly ServiceSpec Probed = Bare with { Health = HealthCheck.Exec("true") };

    [Fact]
    public async Task A_container_is_asked_to_stop_before_it_is_killed()
    {
        var container = await ContainerAsync(Bare with { StopGrace = TimeSpan.FromSeconds(45.5) });

        container["destroyGraceSeconds"].Should().Be(46d, "the stop timeout alone is ignored when the provider removes it");
        container["stopTimeout"].Should().Be(46d);
    }

    [Fact]
    public async Task Every_container_has_a_grace_even_without_time_to_stop()
    {
        var run = await RunAsync(Bare with { StopGrace = TimeSpan.Zero, Files = [new("a", "b")] });

        run.Containers.Should().HaveCount(2).And.OnlyContain(container => (double)container["destroyGraceSeconds"] >= 1);
        run.Container("web")["stopTimeout"].Should().Be(1d, "0 is unset, and then the engine's own 10 s");
    }

    [Fact]
    public async Task What_failed_to_start_is_recreated_by_the_next_run()
    {
        var run = await RunAsync(Bare with { Files = [new("a", "b")] });

        run.Containers.Should().HaveCount(2).And.OnlyContain(container => container.Options.ReplaceOnChanges.SequenceEqual(new[] { "#initerror" }));
        run.Containers.Should()
            .OnlyContain(
                container => container.Options.DeleteBeforeReplace == true,
                "its name is taken, and without another change the provider is not asked"
            );
    }

    [Fact]
    public async Task What_the_provider_would_not_apply_changes_the_fingerprint()
    {
        ServiceSpec[] specs =
        [
            Bare, Probed, Bare with { Init = true },
            Bare with { Mounts = [new TmpfsMount("/tmp", Size.MiB(1))] },
            Probed with { Health = Probed.Health! with { Retries = 9 } },
            Probed with { Health = Probed.Health! with { StartInterval = null } },
            Bare with { Entrypoint = ["/entry"] },
            Bare with { Command = ["run"] },
            Bare with { Environment = Variables.From(("A", "1")) },
            Bare with { Hostname = "here" },
            Bare with { StopSignal = "SIGQUIT" },
            Bare with { SharedMemory = Size.MiB(128) },
            Bare with { Logging = null },
            Bare with { NoNewPrivileges = false },
            Bare with { Platform = "linux/amd64" },
        ];

        var fingerprints = new List<string?>();
        foreach (var spec in specs) fingerprints.Add((await ContainerAsync(spec)).Label(Labels.Fingerprint));

        fingerprints.Should().OnlyHaveUniqueItems();
    }

    [Fact]
    public async Task What_updates_in_place_leaves_the_fingerprint_alone()
    {
        var before = await ContainerAsync(Probed);
        var after = await ContainerAsync(
            Probed with
            {
                Memory = Size.MiB(9),
                Restart = RestartPolicy.OnFailure(3),
                Cpus = Cpu.Cores(2),
                User = "app",
            }
        );

        after.Label(Labels.Fingerprint).Should().Be(before.Label(Labels.Fingerprint));
    }

    [Fact]
    public async Task A_probed_service_is_waited_for_as_long_as_the_engine_may_call_it_starting()
    {
        var container = await ContainerAsync(
            Bare with
            {
                Health = HealthCheck.Exec("true") with
                {
                    StartPeriod = TimeSpan.FromSeconds(100),
                    Interval = TimeSpan.FromSeconds(10),
                    Timeout = TimeSpan.FromSeconds(5),
                    Retries = 4,
                },
            }
        );

        container["wait"].Should().Be(true);
        container["waitTimeout"].Should().Be(160d);
    }

    [Fact]
    public async Task The_wait_is_never_shorter_than_a_minute() =>
        (await ContainerAsync(Bare with { Health = HealthCheck.Exec("true") with { StartPeriod = TimeSpan.Zero } }))["waitTimeout"].Should().Be(60d);

    [Fact]
    public async Task Nothing_waits_for_a_probe_that_is_not_there()
        => (await ContainerAsync(Bare)).Inputs.Keys.Should().NotContain(["wait", "waitTimeout", "healthcheck"]);

    [Fact]
    public async Task Anonymous_volumes_outlive_their_container()
    {
        var run = await RunAsync(Bare with { Files = [new("a", "b")] });

        run.Container("web")["removeVolumes"].Should().Be(false);
        run.Container("web-files")["removeVolumes"].Should().Be(true, "what its image declares without a name would be left behind at each change");
    }

    [Fact]
    public async Task The_network_mode_is_set_and_is_not_the_network_which_would_lose_the_aliases()
    {
        var container = await ContainerAsync(Bare with { Networks = [new NetworkAttachment(new Network("front"), ["shop"])] });

        container["networkMode"].Should().Be("bridge");
        var place = container.Maps("networksAdvanced").Should().ContainSingle().Subject;
        place["name"].Should().Be("shop-dev-front");
        place["aliases"].Should().BeEquivalentTo(ImmutableArray.Create<object>("web", "shop"));
    }

    [Fact]
    public async Task A_pulled_image_is_used_by_its_id_and_stays_when_the_stack_goes()
    {
        var run = await RunAsync(Bare, AnyService.Named("worker"));

        run.Container("web")["image"].Should().Be("sha256:example/any:1.2");
        var image = run.Of("docker:index/remoteImage:RemoteImage").Should().ContainSingle("two services share it").Subject;
        image["keepLocally"].Should().Be(true);
        image.Options.Parent.Should().BeNull("it belongs to no one service");
    }

    [Fact]
    public async Task A_built_image_is_used_by_its_id_and_pushed_nowhere()
    {
        var run = await RunAsync(Bare with { Image = new BuiltImage("app", "app") });

        run.Container("web")["image"].Should().Be("sha256:built-app");
        run.Image("app")["skipPush"].Should().Be(true);
    }

    [Fact]
    public async Task An_image_for_a_registry_is_pushed_without_credentials_in_the_state()
    {
        var image = (await RunAsync(Bare with { Image = new BuiltImage("app", "app") { Push = true, Tag = "ghcr.io/acme/shop:1" } })).Image("app");

        image["skipPush"].Should().Be(false);
        image["imageName"].Should().Be("ghcr.io/acme/shop:1");
        image.Inputs.Keys.Should().NotContain("registry");
    }

    [Fact]
    public async Task Memory_comes_with_an_equal_swap_or_every_preview_would_differ()
    {
        var container = await ContainerAsync(Bare with { Memory = new Size((64 * 1024 * 1024) + 1) });

        container["memory"].Should().Be(65d, "whole megabytes, rounded up");
        container["memorySwap"].Should().Be(65d);
    }

    [Theory]
    [InlineData("0.5", "0.5")]
    [InlineData("0.25", "0.25")]
    [InlineData("1.5", "1.5")]
    [InlineData("10.5", "10.5")]
    [InlineData("1", "1.0")]
    [InlineData("4", "4.0")]
    [InlineData("10", "10.")]
    [InlineData("16", "16.0")]
    [InlineData("100", "100.")]
    [InlineData("0.05", "0.050000001")]
    [InlineData("0.01", "0.010000001")]
    [InlineData("2.05", "2.05")]
    [InlineData("10.05", "10.050000001")]
    public async Task Shares_of_processor_time_are_spelled_as_they_are_read_back(string cores, string expected)
    {
        Cpu.TryParse(cores, out var cpu).Should().BeTrue();

        (await ContainerAsync(Bare with { Cpus = cpu }))["cpus"].Should().Be(expected);
    }

    [Fact]
    public async Task Capabilities_are_spelled_as_the_engine_reports_them()
    {
        var capabilities = (await ContainerAsync(Bare with { Capabilities = Capabilities.Only("NET_BIND_SERVICE", "CAP_CHOWN") })).Map(
            "capabilities"
        );

        capabilities["drops"].Should().BeEquivalentTo(ImmutableArray.Create<object>("ALL"));
        capabilities["adds"].Should().BeEquivalentTo(ImmutableArray.Create<object>("CAP_NET_BIND_SERVICE", "CAP_CHOWN"));
    }

    [Fact]
    public async Task Ports_are_in_the_order_in_which_they_are_read_back()
    {
        var container = await ContainerAsync(Bare with { Ports = [new Port(900, 1), new Port(80, 2)] });

        container.Maps("ports").Select(port => port["internal"]).Should().Equal(80d, 900d);
    }

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(250, "250ms")]
    [InlineData(1500, "1.5s")]
    [InlineData(10_000, "10s")]
    [InlineData(60_000, "1m0s")]
    [InlineData(90_000, "1m30s")]
    [InlineData(5_400_000, "1h30m0s")]
    public async Task Durations_are_spelled_as_Go_prints_them(int milliseconds, string expected)
    {
        var health = HealthCheck.Exec("true") with { StartPeriod = TimeSpan.FromMilliseconds(milliseconds) };

        (await ContainerAsync(Bare with { Health = health })).Map("healthcheck")["startPeriod"].Should().Be(expected);
    }
}
