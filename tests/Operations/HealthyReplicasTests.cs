using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>Whom the proxy asks while some of several containers are unhealthy.</summary>
public sealed class HealthyReplicasTests : HealTest
{
    private static readonly Topology Behind = new(
        new Naming("shop", "dev"),
        [
            Specs.Service("proxy", ServiceRole.Proxy) with { Routes = [new Route("web", ["only", Route.Containers], ["every"], "/tmp/only")] },
            Specs.Web() with { Replacement = Replacement.StartFirst },
        ]);

    private string[] Switches =>
        [.. Engine.Asked.Where(line => line.StartsWith("docker exec id-proxy", StringComparison.Ordinal)).Select(line => Short(line[21..]))];

    private string[] Said =>
        [
            .. Lines.Where(line => $"{line["action"]}" is "eject" or "admit").Select(line => $"{line["service"]} {line["event"]} {line["action"]}"),
        ];

    public HealthyReplicasTests() => Engine.On("docker exec").On("docker restart");

    [Fact]
    public async Task They_are_left_out_from_the_event_on_until_all_are_well_and_before_the_restart()
    {
        Web("healthy", "unhealthy", "healthy");
        Engine.On("docker events", () => new(0, Event("web", "health_status: unhealthy"), ""))
            .On("docker restart", () =>
            {
                Web("healthy", "healthy", "healthy");
                Engine.On("docker events", Event("web", "health_status: healthy"));
                return new(0, "", "");
            });

        await FollowAsync(times: 3);

        Switches.Should().Equal("only web-1,web-3", "every");
        Said.Should().Equal("web unhealthy eject", "web healthy admit");
        Lines.Single(line => $"{line["action"]}" == "eject")["detail"]!.ToString().Should()
            .Be("The proxy sends no requests to web.2 until healthy.");
        var asked = Engine.Asked.ToList();
        asked.FindIndex(line => line.Contains(" only ", StringComparison.Ordinal))
            .Should()
            .BeInRange(0, asked.IndexOf("docker restart -t 10 id-web-2"));
    }

    [Theory]
    [InlineData("healthy", "healthy")] // a killed one may have left it with some
    [InlineData("unhealthy", "unhealthy")] // never with none
    [InlineData("starting", "unhealthy")]
    public async Task It_asks_every_one_where_all_are_well_or_none_is(params string[] health)
    {
        Web(health);
        Engine.On("docker events");

        await FollowAsync(times: 1);

        Switches.Should().OnlyContain(line => line == "every").And.NotBeEmpty();
        Said.Should().BeEmpty();
    }

    [Theory]
    [InlineData("starting", "running")]
    [InlineData("unhealthy", "restarting")]
    public async Task One_that_ended_and_starts_again_is_left_out_until_it_is_healthy(string health, string status)
    {
        Engine.Running(FakeContainers.Container("proxy"), FakeContainers.Replica("web", 1), FakeContainers.Replica("web", 2, health, status))
            .On("docker events");

        await FollowAsync(times: 1);

        Switches.Should().StartWith("only web-1");
    }

    [Fact]
    public async Task Its_end_lets_every_one_in_again()
    {
        Web("unhealthy", "healthy");
        Engine.On("docker events");

        await FollowAsync(times: 1);

        Switches.Should().StartWith("only web-2").And.EndWith("every");
    }

    [Fact]
    public async Task Under_Pulumi_a_step_says_whom_the_proxy_asks()
    {
        Engine.Running(
            FakeContainers.Container("proxy", engine: "pulumi"), FakeContainers.Container("web", "unhealthy", engine: "pulumi"),
            Numbered(FakeContainers.Container("web", engine: "pulumi"), 2));
        Engine.On("docker events");

        await FollowAsync(times: 1);

        Switches.Should().BeEmpty();
    }

    [Fact]
    public async Task While_another_command_has_the_stack_the_proxy_is_left_alone()
    {
        Web("unhealthy", "healthy");
        Engine.On("docker events");
        using var stop = new CancellationTokenSource();

        var following = () => Healer(onEngineAway: stop.Cancel, topology: Behind, takeLock: async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return null;
        }).FollowAsync(stop.Token);

        await following.Should().ThrowAsync<OperationCanceledException>();
        Switches.Should().BeEmpty();
    }

    private static JsonObject Numbered(JsonObject container, int number)
    {
        container["Id"] = FormattableString.Invariant($"id-web-{number}");
        container["Config"]!["Labels"]!["com.docker.compose.container-number"] = FormattableString.Invariant($"{number}");
        return container;
    }

    // Twelve places, some of them alike.
    private static string Short(string switched) =>
        switched.StartsWith("only ", StringComparison.Ordinal)
            ? "only " + string.Join(',', switched[5..].Split(',').Distinct().Select(id => id[3..]))
            : switched;

    private void Web(params string[] health) =>
        Engine.Running([
            FakeContainers.Container("proxy"),
            .. health.Select((each, at) => FakeContainers.Replica("web", at + 1, each)),
        ]);

    private async Task FollowAsync(int times)
    {
        using var stop = new CancellationTokenSource();
        var following = () => Healer(onEngineAway: () =>
        {
            if (--times == 0) stop.Cancel();
        }, topology: Behind).FollowAsync(stop.Token);
        await following.Should().ThrowAsync<OperationCanceledException>();
    }
}
