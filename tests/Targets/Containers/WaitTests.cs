using Infra.Model;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using Pulumi;
using static Infra.Tests.Targets.Containers.Host;

namespace Infra.Tests.Targets.Containers;

public sealed class WaitTests
{
    private static readonly ServiceSpec Postgres = AnyService.Named("postgres") with { Health = HealthCheck.Exec("true") };
    private static readonly ServiceSpec Migrate = AnyService.Named("migrate") with { Restart = RestartPolicy.No };
    private static readonly ServiceSpec Web = AnyService.Named("web") with { WaitsFor = [new Wait("migrate", WaitCondition.Completed)] };

    [Fact]
    public async Task A_service_depends_on_the_containers_of_those_it_waits_for()
    {
        var run = await RunAsync(Postgres, AnyService.Named("proxy"), AnyService.Named("web") with
        {
            WaitsFor = [new Wait("postgres"), new Wait("proxy", WaitCondition.Started)],
        });

        (await run.Container("web").DependsOnAsync()).Should().BeEquivalentTo("postgres", "proxy");
        (await run.Container("postgres").DependsOnAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_wait_for_nobody_names_both_services()
    {
        var run = () => RunAsync(AnyService.Named("web") with { WaitsFor = [new Wait("postgres")] });

        (await run.Should().ThrowAsync<RunException>())
            .WithMessage("*'web' waits for 'postgres', which does not exist. Create 'postgres' before 'web', or drop the wait.*");
    }

    [Fact]
    public async Task A_step_is_waited_for_until_it_ended()
    {
        var step = (await RunAsync(Migrate, Web)).Container("migrate");

        step["attach"].Should().Be(true);
        step["mustRun"].Should().Be(false);
        step["restart"].Should().Be("no");
        step.Inputs.Should().NotContainKey("wait");
    }

    [Fact]
    public async Task A_services_files_wait_for_its_steps_and_for_nothing_else()
    {
        var run = await RunAsync(Postgres, Migrate, Web with { WaitsFor = [new Wait("postgres"), .. Web.WaitsFor], Files = [new("settings", "a")] });

        (await run.Container("web").DependsOnAsync()).Should().BeEquivalentTo("postgres", "migrate");
        (await run.Container("web-files").DependsOnAsync()).Should().Equal("migrate");
    }

    [Fact]
    public async Task Nothing_of_a_step_is_an_input_which_would_be_unknown_in_a_preview()
    {
        var run = await RunAsync(Migrate, Web with { Files = [new("settings", "a")] });

        (await LabelsComeFromAsync(run.Container("web"))).Should().BeEquivalentTo("web-files", "default");
    }

    [Fact]
    public async Task A_step_that_failed_stops_what_waits_for_it()
    {
        var mocks = new RecordingMocks { ExitCode = 3 };

        var run = () => RunAsync(mocks, null, Migrate, Web, Web with { Name = "worker" });

        (await run.Should().ThrowAsync<RunException>())
            .WithMessage("migrate: it ended with exit code 3, and nothing that waits for it was changed. "
                + "Read `docker logs shop-dev-migrate`, fix it, and try again with another value of `infra:attempt`.");
        mocks.Inputs.Keys.Should().NotContain([("docker:index/container:Container", "web"), ("docker:index/container:Container", "worker")]);
    }

    [Fact]
    public async Task A_step_that_nobody_waits_for_may_fail()
    {
        var run = () => RunAsync(new RecordingMocks { ExitCode = 3 }, null, Migrate, AnyService.Named("web"));

        await run.Should().NotThrowAsync();
    }

    [Fact]
    public async Task Another_attempt_replaces_the_steps_and_nothing_else()
    {
        var run = await RunAsync(new RecordingMocks(), "2", Migrate, Web);

        run.Container("migrate").Label(ContainerLabels.Attempt).Should().Be("2");
        run.Container("web").Label(ContainerLabels.Attempt).Should().BeNull();
    }
}
