using System.Collections.Immutable;
using Infra.Model;
using Infra.Targets.Containers;
using Infra.Tests.Support;

namespace Infra.Tests.Targets.Containers;

/// <summary>What <c>pulumi up</c> does after a change: to what was changed, to what uses it, and to nothing else.</summary>
public sealed class UpdateTests
{
    private static readonly BuiltImage App = new("app", "app");

    private static readonly ServiceSpec Redis = AnyService.Named("redis") with
    {
        Health = HealthCheck.Exec("true"),
        Memory = Size.MiB(64),
        ReadOnly = true,
        Files = [new("redis.conf", "port 1")],
        Role = ServiceRole.Cache,
        Mounts = [new VolumeMount(new Volume("redis"), "/data")],
    };

    private static readonly ServiceSpec Web = AnyService.Named("web") with
    {
        Image = App,
        Health = HealthCheck.Exec("true"),
        Environment = Variables.From(("A", "1")),
        WaitsFor = [new Wait("redis")],
    };

    private static readonly ServiceSpec Worker = AnyService.Named("worker") with { Image = App, WaitsFor = [new Wait("redis"), new Wait("web")] };

    [Fact]
    public async Task Nothing_changes_without_a_change()
        => (await AfterAsync([Redis, Web, Worker], [Redis, Web, Worker])).Should().BeEmpty();

    [Fact]
    public async Task A_variable_replaces_its_container_alone()
        => (await AfterAsync([Redis, Web, Worker], [Redis, Web with { Environment = Variables.From(("A", "2")) }, Worker]))
            .Should().Equal("replace container web (envs)");

    [Fact]
    public async Task A_file_replaces_its_carrier_and_the_service_that_reads_it()
        => (await AfterAsync([Redis, Web, Worker], [Redis with { Files = [new("redis.conf", "port 2")] }, Web, Worker]))
            .Should().Equal("replace container redis (labels)", "replace container redis-files (uploads)");

    [Fact]
    public async Task The_service_takes_its_order_from_the_carriers_id()
    {
        var run = await RunAsync([Redis]);

        run.Container("redis")
            .Label(ContainerLabels.Files)
            .Should()
            .Be($"redis-files-{Provider.Identity(run.Container("redis-files").Type, run.Container("redis-files").Inputs)}");
    }

    [Fact]
    public async Task Another_published_image_is_pulled_and_replaces_those_that_use_it()
        => (await AfterAsync([Redis, Web, Worker], [Redis with { Image = new PinnedImage("example/any", "2") }, Web, Worker])).Should().Equal(
            "replace container redis (image, labels)", "replace container redis-files (image)",
            "create remoteImage example/any:2", "delete remoteImage example/any:1.2");

    [Fact]
    public async Task A_rebuilt_image_replaces_every_service_that_runs_it()
    {
        var before = await RunAsync([Redis, Web, Worker]);
        var after = await RunAsync([Redis, Web, Worker], new Dictionary<string, string> { ["app"] = "sha256:other" });

        (await Update.BetweenAsync(before, after)).Should().Equal("replace container web (image)", "replace container worker (image)");
    }

    [Fact]
    public async Task A_memory_limit_and_a_restart_policy_update_in_place()
        => (await AfterAsync([Redis, Web], [Redis with { Memory = Size.MiB(128), Restart = RestartPolicy.OnFailure(3) }, Web]))
            .Should().Equal("update container redis (maxRetryCount, memory, memorySwap, restart)");

    [Fact]
    public async Task A_probe_reaches_the_container_by_replacing_it()
        => (await AfterAsync([Redis, Web], [Redis with { Health = HealthCheck.Exec("false") }, Web]))
            .Should().Equal("replace container redis (healthcheck, labels)");

    [Fact]
    public async Task What_is_left_to_the_image_again_reaches_the_container_by_replacing_it() =>
        (await AfterAsync([Redis, Web with { Command = ["run"], Hostname = "here" }], [Redis, Web])).Should().Equal("replace container web (labels)");

    [Fact]
    public async Task Another_attempt_runs_the_steps_again_and_nothing_else()
    {
        var migrate = AnyService.Named("migrate") with { Restart = RestartPolicy.No };
        var web = Web with { WaitsFor = [new Wait("migrate", WaitCondition.Completed)] };

        (await Update.BetweenAsync(await RunAsync([migrate, web]), await RunAsync([migrate, web], attempt: "2")))
            .Should()
            .Equal("replace container migrate (labels)");
    }

    [Fact]
    public async Task A_changed_label_of_a_volume_does_not_replace_the_data() =>
        (await AfterAsync([Redis], [Redis with { Image = new PinnedImage("example/any", "2") }]))
            .Should()
            .NotContain(step => step.Contains("volume", StringComparison.Ordinal));

    [Fact]
    public async Task A_network_that_was_removed_and_is_made_again_takes_its_containers_along_but_not_the_steps_that_have_ended()
    {
        var migrate = AnyService.Named("migrate") with { Restart = RestartPolicy.No };
        var before = await RunAsync([Redis, Web, migrate]);
        var after = await Host.RunAsync(new RecordingMocks { NewIds = true, MadeAgain = "default" }, null, Redis, Web, migrate);

        (await Update.BetweenAsync(before, after)).Should().Equal("replace container redis (labels)", "replace container web (labels)");
    }

    [Fact]
    public async Task A_service_that_is_gone_takes_only_its_own()
        => (await AfterAsync([Redis, Web, Worker], [Redis, Web])).Should().Equal("delete container worker");

    [Fact]
    public async Task Destroy_leaves_the_volumes_that_hold_state_and_nothing_else()
    {
        var run = await RunAsync([Redis, Web with { Mounts = [new VolumeMount(new Volume("cache", HoldsState: false), "/cache")] }]);

        run.All.Where(resource => resource.AnyOptions.RetainOnDelete == true).Select(resource => resource.Name).Should().Equal("redis");
        run.All.Should().OnlyContain(resource => resource.AnyOptions.Protect != true, "destroy would end in an error, half-way");
    }

    private static async Task<ImmutableArray<string>> AfterAsync(ServiceSpec[] before, ServiceSpec[] after)
        => await Update.BetweenAsync(await RunAsync(before), await RunAsync(after));

    private static Task<StackRun> RunAsync(ServiceSpec[] specs, IReadOnlyDictionary<string, string>? built = null, string? attempt = null)
        => Host.RunAsync(new RecordingMocks { NewIds = true, Built = built ?? new Dictionary<string, string>() }, attempt, specs);
}
