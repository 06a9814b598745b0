using System.Text.Json.Nodes;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Healing;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class HealTests : HealTest
{
    [Fact]
    public async Task What_is_unhealthy_is_restarted_and_each_step_is_a_line_of_JSON()
    {
        Engine.Running(FakeContainers.Container("web", "unhealthy")).On("docker restart", () =>
        {
            Engine.Running(FakeContainers.Container("web"));
            return new(0, "", "");
        });

        (await Healer().OnceAsync(default)).Should().BeTrue();

        Engine.Changes.Should().Equal("docker restart -t 10 id-web");
        Lines
            .Select(line => $"{line["service"]} {line["event"]} {line["action"]} {line["attempt"]}")
            .Should()
            .Equal("web unhealthy wait 1", "web unhealthy restart 1");
        Lines
            .Should()
            .OnlyContain(line => DateTimeOffset.Parse(line["time"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture).Year > 2000);
    }

    [Fact]
    public async Task Pauses_grow_and_after_the_limit_it_is_given_up()
    {
        Engine.Running(FakeContainers.Container("web", "unhealthy")).On("docker restart");

        (await Healer(most: 3).OnceAsync(default)).Should().BeFalse();

        Pauses.Select(pause => pause.TotalSeconds).Should().Equal(5, 10, 20);
        Engine.Changes.Should().HaveCount(3);
        Lines[^1]["action"]!.ToString().Should().Be("give-up");
    }

    [Fact]
    public async Task A_step_that_has_ended_and_a_service_that_recovers_are_left_alone()
    {
        Engine.Running(FakeContainers.Container("migrate", status: "exited"), FakeContainers.Container("web", "unhealthy"));

        await Healer(onWait: () => Engine.Running(FakeContainers.Container("migrate", status: "exited"), FakeContainers.Container("web")))
            .OnceAsync(default);

        Engine.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_one_off_command_has_the_services_probe_and_is_no_patient()
    {
        Engine.Running(FakeContainers.Container("web"), FakeContainers.OneOff("web", "unhealthy"));

        (await Healer().OnceAsync(default)).Should().BeTrue();

        Engine.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task What_ended_by_itself_is_started_and_what_was_stopped_by_hand_is_not()
    {
        // The first look finds all healthy; the events report what happened then.
        Engine.Running(FakeContainers.Container("web"), FakeContainers.Container("postgres")).On("docker start")
            .On("docker events", string.Join('\n', Event("postgres", "kill"), Event("postgres", "die"), "not json", Event("web", "die")));
        var well = new JsonArray(FakeContainers.Container("web"), FakeContainers.Container("postgres")).ToJsonString();
        var stopped = FakeContainers.Container("postgres", status: "exited");
        stopped["HostConfig"]!["RestartPolicy"] = new JsonObject { ["Name"] = "unless-stopped" };
        var ended = new JsonArray(FakeContainers.Container("web", status: "exited"), stopped).ToJsonString();
        var looks = 0;
        Engine.On("docker inspect --type container", () => new(0, looks++ == 0 ? well : ended, ""));
        using var stop = new CancellationTokenSource();

        var following = () => Healer(onEngineAway: stop.Cancel).FollowAsync(stop.Token);

        await following.Should().ThrowAsync<OperationCanceledException>();
        Engine.Changes.Should().Contain("docker start id-web").And.NotContain("docker start id-postgres");
        Lines.Should().Contain(line => line["service"]!.ToString() == "postgres" && line["event"]!.ToString() == "stopped");
    }

    [Theory]
    [InlineData("kill", 19, true)] // frozen: it is not meant to be ill
    [InlineData("kill", 1, true)] // told to reload
    [InlineData("kill", 15, false)] // being stopped: its grace may make it unhealthy
    [InlineData("stop", null, false)]
    public async Task A_signal_that_ends_nothing_is_no_stop_by_hand(string action, int? signal, bool helped)
    {
        Engine.Running(FakeContainers.Container("web")).On("docker restart")
            .On("docker events", string.Join('\n', Event("web", action, signal), Event("web", "health_status: unhealthy")));
        var (well, ill) = (
            new JsonArray(FakeContainers.Container("web")).ToJsonString(),
            new JsonArray(FakeContainers.Container("web", "unhealthy")).ToJsonString()
        );
        var looks = 0;
        Engine.On(
            "docker inspect --type container",
            () => new(0, looks++ == 0 || Engine.Changes.Any(line => line.StartsWith("docker restart", StringComparison.Ordinal)) ? well : ill, "")
        );
        using var stop = new CancellationTokenSource();

        var following = () => Healer(onEngineAway: stop.Cancel).FollowAsync(stop.Token);

        await following.Should().ThrowAsync<OperationCanceledException>();
        Engine.Changes.Contains("docker restart -t 10 id-web").Should().Be(helped);
    }

    [Fact]
    public async Task No_answer_is_not_taken_for_all_is_well()
    {
        Engine.On("docker ps", exitCode: 1, error: "Cannot connect to the Docker daemon");

        var once = () => Healer().OnceAsync(default);

        (await once.Should().ThrowAsync<UserErrorException>()).WithMessage(
            "The engine does not list its containers: Cannot connect to the Docker daemon. './infra.sh doctor' checks the engine."
        );
    }

    [Fact]
    public async Task Its_own_restart_is_no_stop_by_hand()
    {
        Engine
            .Running(FakeContainers.Container("web", "unhealthy"))
            .On(
                "docker events",
                string.Join(
                    '\n',
                    Event("web", "kill"),
                    Event("web", "die"),
                    Event("web", "start"),
                    Event("web", "health_status: healthy"),
                    Event("web", "kill"),
                    Event("web", "die")
                )
            )
            .On(
                "docker restart",
                () =>
                {
                    Engine.Running(FakeContainers.Container("web"));
                    return new(0, "", "");
                }
            );
        using var stop = new CancellationTokenSource();

        var following = () => Healer(onEngineAway: stop.Cancel).FollowAsync(stop.Token);

        await following.Should().ThrowAsync<OperationCanceledException>();
        Lines.Select(line => $"{line["service"]} {line["event"]} {line["action"]}").Should()
            .StartWith(["web unhealthy wait", "web unhealthy restart", "web healthy none", "web stopped none", " engine-away wait"]);
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_asked_again()
    {
        var asked = 0;
        Engine.Running(FakeContainers.Container("web", "unhealthy")).On("docker restart", () =>
        {
            if (asked++ == 0) throw new OperationCanceledException();
            Engine.Running(FakeContainers.Container("web"));
            return new(0, "", "");
        });

        (await Healer().OnceAsync(default)).Should().BeTrue();

        Lines
            .Select(line => $"{line["action"]} {line["attempt"]} {line["detail"]}")
            .Should()
            .Equal("wait 1 5 s", "restart 1 'docker' did not answer within 40 s.", "wait 2 10 s", "restart 2 ");
    }

    [Fact]
    public async Task An_engine_that_stops_answering_is_told_and_left()
    {
        var asked = 0;
        Engine
            .Running(FakeContainers.Container("web"))
            .On("docker events")
            .On("docker ps", () => asked++ == 0 ? new(0, "id-web", "") : throw new OperationCanceledException());
        Engine.KeepsListening = true;
        using var stop = new CancellationTokenSource();

        var following = () => Healer(onEngineAway: stop.Cancel, clock: new Hasty()).FollowAsync(stop.Token);

        await following.Should().ThrowAsync<OperationCanceledException>();
        Lines.Select(line => line["event"]!.ToString()).Should().Equal("engine-away");
    }

    [Fact]
    public async Task What_no_event_told_of_is_found_by_going_round()
    {
        Engine.On("docker ps --all", "id-web").On("docker events");
        var looks = 0;
        var restarted = false;
        Engine
            .On(
                "docker inspect --type container",
                () => new(0, new JsonArray(FakeContainers.Container("web", looks++ == 0 || restarted ? "healthy" : "unhealthy")).ToJsonString(), "")
            )
            .On(
                "docker restart",
                () =>
                {
                    restarted = true;
                    return new(0, "", "");
                }
            );
        using var stop = new CancellationTokenSource();

        var following = () => Healer(onEngineAway: stop.Cancel, clock: new Hasty()).FollowAsync(stop.Token);

        await following.Should().ThrowAsync<OperationCanceledException>();
        Engine.Changes.Should().Contain("docker restart -t 10 id-web");
    }

    [Fact]
    public void What_its_own_restart_stops_is_not_stopped_by_hand_also_where_it_does_not_start_again()
    {
        var stops = new Stops(TimeProvider.System);

        stops.Restarts("web");
        foreach (var action in new[] { "kill", "die", "stop" }) stops.Note(new EngineEvent("web", "web", action));
        stops.IsByHand("web").Should().BeFalse();

        foreach (var action in new[] { "start", "kill" }) stops.Note(new EngineEvent("web", "web", action));
        stops.IsByHand("web").Should().BeTrue();
    }

    [Fact]
    public void Who_was_well_for_long_begins_again()
    {
        var patient = new Patient(5);
        var now = DateTimeOffset.UnixEpoch;
        patient.Helped(now);
        patient.Helped(now);

        patient.Well(now);
        patient.Ill(now + TimeSpan.FromMinutes(9));
        patient.Attempts.Should().Be(2);

        patient.Well(now);
        patient.Ill(now + TimeSpan.FromMinutes(10));
        patient.Attempts.Should().Be(0);
    }
}
