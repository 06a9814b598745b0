using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Healing;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>Whom the healer helps first, how often, and whom not.</summary>
public sealed class HealRootTests : HealTest
{
    private static readonly Topology Waiting = Small with
    {
        Services =
        [
            .. Small.Services.Select(service =>
                service.Name == "web" ? service with { WaitsFor = [new Wait("postgres"), new Wait("migrate", WaitCondition.Completed)] } : service
            ),
            Specs.Worker(),
        ],
    };

    [Fact]
    public void The_longest_pause_of_five_attempts_is_80_seconds_and_of_more_five_minutes()
    {
        var patient = new Patient(8);

        var seconds = Enumerable.Range(0, 8).Select(_ =>
        {
            var pause = patient.NextPause(null).TotalSeconds;
            patient.Helped(DateTimeOffset.UnixEpoch);
            return pause;
        });

        seconds.Should().Equal(5, 10, 20, 40, 80, 160, 300, 300);
    }

    [Fact]
    public void What_was_given_up_is_helped_once_an_hour()
    {
        var (patient, now) = (new Patient(1), DateTimeOffset.UnixEpoch);
        patient.IsGivenUp(now).Should().BeFalse();

        foreach (var start in new[] { now, now + TimeSpan.FromHours(1) })
        {
            patient.Helped(start);
            patient.IsGivenUp(start + TimeSpan.FromMinutes(59)).Should().BeTrue();
            patient.IsGivenUp(start + TimeSpan.FromMinutes(60)).Should().BeFalse();
            patient.NextPause(null).Should().Be(TimeSpan.FromSeconds(5));
        }
    }

    [Fact]
    public async Task What_waits_for_a_sick_service_is_left_alone_until_that_one_is_well()
    {
        var sick = new[] { FakeContainers.Container("web", "unhealthy"), FakeContainers.Container("postgres", "unhealthy") };
        Engine.Running(sick).On("docker restart -t 30 id-postgres", () =>
        {
            Engine.Running(FakeContainers.Container("web", "unhealthy"), FakeContainers.Container("postgres"));
            return new(0, "", "");
        });

        // Web notices by its next probe.
        (await Healer(onWait: () =>
        {
            if (Pauses[^1] == TimeSpan.FromSeconds(15)) Engine.Running(FakeContainers.Container("web"), FakeContainers.Container("postgres"));
        }, topology: Waiting).OnceAsync(default)).Should().BeTrue();

        Engine.Changes.Should().Equal("docker restart -t 30 id-postgres");
        Lines.Select(line => $"{line["service"]} {line["action"]} {line["detail"]}").Should().Equal(
            "web wait 'postgres' is not healthy, and is restarted first.", "postgres wait 5 s", "postgres restart ", "web wait 15 s");
    }

    [Theory]
    [InlineData("unhealthy", "running", 3)]
    [InlineData("healthy", "running", 1)] // Its probe has just begun to fail.
    [InlineData("starting", "running", 0)]
    [InlineData("healthy", "paused", 0)]
    [InlineData("healthy", "exited", 0)]
    public void The_root_of_an_illness_is_whatever_is_waited_for_and_not_well(string health, string status, int failedProbes)
    {
        var database = FakeContainers.Container("postgres", health, status);
        database["State"]!["Health"]!["FailingStreak"] = failedProbes;

        Roots.Find("web", Waiting, [ContainerState.From(database)]).Should().Be("postgres");
        Roots.Find("web", Waiting, []).Should().Be("postgres");
        Roots.Find("web", Waiting, [ContainerState.From(FakeContainers.Container("postgres"))]).Should().BeNull();
        Roots.Find("postgres", Waiting, []).Should().BeNull();
    }

    [Fact]
    public async Task What_was_stopped_before_it_watched_stays_stopped_and_what_the_engine_could_not_start_does_not()
    {
        var stopped = FakeContainers.Container("postgres", status: "exited");
        var failed = FakeContainers.Container("worker", status: "exited");
        foreach (var container in new[] { stopped, failed })
            container["HostConfig"]!["RestartPolicy"] = new JsonObject { ["Name"] = "unless-stopped" };
        failed["State"]!["Error"] = "bind source path does not exist";
        Engine.Running(stopped, failed).On("docker start").On("docker events");
        using var stop = new CancellationTokenSource();

        var following = () => Healer(onEngineAway: stop.Cancel, clock: new Hasty(), topology: Waiting).FollowAsync(stop.Token);

        await following.Should().ThrowAsync<OperationCanceledException>();
        Engine.Changes.Where(line => line.StartsWith("docker start", StringComparison.Ordinal)).Distinct().Should().Equal("docker start id-worker");
        Lines.Where(line => line["service"]?.ToString() == "postgres").Select(line => $"{line["event"]} {line["action"]} {line["detail"]}")
            .Distinct().Should().Equal("stopped none './infra.sh up dev' starts it.");
    }

    [Fact]
    public void What_was_started_while_nobody_heard_of_it_is_stopped_no_more()
    {
        var stops = new Stops(TimeProvider.System);
        stops.Note(new EngineEvent("id-web", "web", "kill"));
        var web = ContainerState.From(FakeContainers.Container("web"));

        stops.IsByHand(web with { StartedAt = DateTimeOffset.UtcNow - TimeSpan.FromHours(1) }).Should().BeTrue();
        stops.IsByHand(web with { StartedAt = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(1) }).Should().BeFalse();
        stops.IsByHand(web with { Status = "exited", StartedAt = DateTimeOffset.UtcNow + TimeSpan.FromSeconds(1) }).Should().BeTrue();
    }
}
