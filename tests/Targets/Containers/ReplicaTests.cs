using Infra.Components;
using Infra.Model;
using Infra.Targets.Containers;
using Infra.Tests.Support;
using static Infra.Tests.Targets.Containers.Host;

namespace Infra.Tests.Targets.Containers;

/// <summary>Several containers of one service: each a resource of its own, one after the other.</summary>
public sealed class ReplicaTests
{
    private static readonly ServiceSpec Worker = AnyService.Named("worker") with { Health = HealthCheck.Exec("true"), Replicas = 1 };
    private static readonly ServiceSpec Site =
        Web.Describe("web", new() { Image = new BuiltImage("app", "app"), Command = ["serve"], IsBehindProxy = true });

    private static readonly ServiceSpec Front = Proxy.Describe("proxy", new() { Services = [Site] });

    [Fact]
    public async Task Each_has_a_name_and_a_number_of_its_own_and_answers_to_the_services_name()
    {
        var run = await RunAsync(Worker with { Replicas = 3 });

        run.Containers.Select(container => ((string)container["name"], container.Label(Labels.Service), container.Label(Labels.Replica)))
            .Should()
            .BeEquivalentTo([("shop-dev-worker", "worker", null), ("shop-dev-worker-2", "worker", "2"), ("shop-dev-worker-3", "worker", "3")]);
        run.Containers.Should().OnlyContain(container =>
            ((System.Collections.Immutable.ImmutableArray<object>)container.Maps("networksAdvanced").Single()["aliases"]).Single().Equals("worker"));
    }

    [Fact]
    public async Task Each_comes_after_the_one_before_so_that_a_bad_version_stops_at_the_first()
    {
        var run = await RunAsync(AnyService.Named("db"), (Worker with { Replicas = 3 }).Waits(new Wait("db", WaitCondition.Started)));

        (await run.Container("worker").DependsOnAsync()).Should().Equal("db");
        (await run.Container("worker-2").DependsOnAsync()).Should().Equal("worker");
        (await run.Container("worker-3").DependsOnAsync()).Should().Equal("worker-2");
        run.Containers.Where(container => container.Name != "db").Should().OnlyContain(container => (bool)container["wait"]);
    }

    [Fact]
    public async Task What_waits_for_it_comes_after_the_last()
    {
        var run = await RunAsync(Worker with { Replicas = 2 }, AnyService.Named("front").Waits(new Wait("worker")));

        (await run.Container("front").DependsOnAsync()).Should().Equal("worker-2");
    }

    [Theory]
    [InlineData(1, 3, "create container worker-2", "create container worker-3")]
    [InlineData(3, 1, "delete container worker-2", "delete container worker-3")]
    public async Task More_or_fewer_of_them_touch_nothing_else(int before, int after, params string[] steps) =>
        (
            await Update.BetweenAsync(
                await RunAsync(AnyService.Named("db"), Worker with { Replicas = before }),
                await RunAsync(AnyService.Named("db"), Worker with { Replicas = after })
            )
        )
            .Should()
            .Equal(steps);

    [Fact]
    public async Task Behind_a_proxy_more_of_them_leave_the_first_and_the_proxy_alone_and_it_is_told_of_all_once_they_are_healthy()
    {
        var one = await BehindAsync(1);
        var three = await BehindAsync(3);

        (await Update.BetweenAsync(one, three)).Should().SatisfyRespectively(
            step => step.Should().Be("replace container proxy-to-web (command)"),
            step => step.Should().MatchRegex("^create container web-2-[0-9a-f]{8}$"),
            step => step.Should().MatchRegex("^create container web-3-[0-9a-f]{8}$"));
        var led = three.Container("proxy-to-web");
        (await led.DependsOnAsync()).Should().ContainSingle().Which.Should().StartWith("web-3-");
        ((string)led.List("command")[^1]).Split(',').GroupBy(id => id).Select(group => group.Count()).Should().Equal(4, 4, 4);
    }

    [Fact]
    public async Task Another_version_behind_a_proxy_has_names_of_its_own_and_the_old_ones_serve_until_all_are_healthy()
    {
        var steps = await Update.BetweenAsync(await BehindAsync(2), await BehindAsync(2, "other"));

        steps.Count(step => step.StartsWith("create container web-", StringComparison.Ordinal)).Should().Be(2);
        steps.Count(step => step.StartsWith("delete container web-", StringComparison.Ordinal)).Should().Be(2);
        steps.Where(step => step.StartsWith("replace", StringComparison.Ordinal)).Should().Equal("replace container proxy-to-web (command)");
    }

    [Fact]
    public void A_service_with_the_name_of_a_further_container_is_refused() =>
        ContainerTarget
            .Review(new Topology(Shop, [Worker with { Replicas = 2 }, AnyService.Named("worker-2")]))
            .Select(finding => finding.ToString())
            .Should()
            .Equal("error TARGET-PULUMI worker: One of its 2 containers would have the name of the service 'worker-2'. Rename 'worker-2'.");

    private static Task<StackRun> BehindAsync(int replicas, string content = "one") => StackRun.OfAsync(() =>
    {
        var host = new ContainerHost(Shop, new FakeSecrets()) { Content = image => $"{image} {content}" };
        foreach (var spec in new[] { Site with { Replicas = replicas }, Front }) _ = new AnyService(spec, host);
    }, new RecordingMocks { NewIds = true });
}
