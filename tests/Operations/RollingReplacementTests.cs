using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>The way from old containers to new ones, on an engine that is a list of containers.</summary>
public sealed class RollingReplacementTests
{
    private const string Old = "old";
    private const string New = "new";

    private static readonly ServiceSpec Proxy = Specs.Service("proxy", ServiceRole.Proxy) with
    {
        Routes = [new Route("web", ["only", Route.Containers], ["every"], "/tmp/only")],
    };

    private readonly List<JsonObject> containers = [FakeContainers.Container("proxy"), Of(1, Old)];
    private readonly FakeShell shell = new();
    private ServiceSpec web = Specs.Web() with { Replacement = Replacement.StartFirst };
    private Func<int, string> health = _ => "healthy";
    private int last = 1;

    public RollingReplacementTests()
    {
        shell
            .On("docker ps --all", () => new ShellResult(0, string.Join('\n', containers.Select(container => container["Id"])), ""))
            .On(
                "docker inspect",
                () => new ShellResult(0, new JsonArray([.. containers.Select(container => container.DeepClone())]).ToJsonString(), "")
            )
            .On("docker exec")
            .On("docker stop")
            .On(FakeShell.Logs, "its last words\n")
            .On("docker compose up", Start)
            .On("docker rm", () => Remove(shell.Asked.Last().Split(' ')[^1]));
    }

    [Fact]
    public async Task The_proxy_leaves_the_old_one_when_the_new_one_is_healthy()
    {
        await RunAsync();

        Steps.Should().Equal("only 1", "start, 2 in all", "only 2", "stop 1", "remove 1", "every");
    }

    [Fact]
    public async Task A_new_one_that_is_never_healthy_is_removed_and_the_old_one_is_not_touched()
    {
        health = _ => "unhealthy";

        UserErrorException failure = (await this.Awaiting(test => test.RunAsync()).Should().ThrowAsync<UserErrorException>()).Which;

        failure.ExitCode.Should().Be(1);
        failure
            .Message.Should()
            .StartWith("shop-dev: The new web did not become healthy and was removed. The old container keeps serving.\n"
                + "web.2: It is running, but unhealthy.")
            .And.Contain("connection refused")
            .And.Contain("its last words");
        Steps.Should().Equal("only 1", "start, 2 in all", "remove 2", "every");
    }

    [Fact]
    public async Task A_new_one_that_an_interrupted_up_has_left_is_taken_over()
    {
        Have(Old, New);

        await RunAsync();

        Steps.Should().Equal("only 1,2", "only 2", "stop 1", "remove 1", "every");
    }

    [Fact]
    public async Task A_new_one_that_was_left_dead_makes_way()
    {
        Have(Old);
        containers.Add(Of(++last, New, "exited"));

        await RunAsync();

        Steps.Should().Equal("only 1", "stop 2", "remove 2", "start, 2 in all", "only 3", "stop 1", "remove 1", "every");
    }

    [Fact]
    public async Task Nothing_is_started_when_the_proxy_does_not_listen()
    {
        shell.On("docker exec", exitCode: 1, error: "connection refused");

        await this.Awaiting(test => test.RunAsync()).Should().ThrowAsync<UserErrorException>()
            .WithMessage("proxy: It could not be switched to other containers of web: connection refused. 'shop-dev-proxy' keeps the current ones.");
        shell.Changes.Should().ContainSingle();
    }

    [Fact]
    public async Task Several_are_replaced_one_after_the_other_and_each_leaves_when_its_successor_is_healthy()
    {
        Have(Old, Old, Old);

        await RunAsync(replicas: 3);

        Steps.Should().Equal(
            "only 1,2,3",
            "start, 4 in all", "only 2,3,4", "stop 1", "remove 1",
            "start, 4 in all", "only 3,4,5", "stop 2", "remove 2",
            "start, 4 in all", "only 4,5,6", "stop 3", "remove 3",
            "every");
    }

    [Fact]
    public async Task Where_a_later_one_is_not_healthy_the_others_go_on_and_the_next_run_continues()
    {
        Have(Old, Old, Old);
        health = number => number == 5 ? "unhealthy" : "healthy";

        (await this.Awaiting(test => test.RunAsync(replicas: 3)).Should().ThrowAsync<UserErrorException>())
            .Which.Message.Should().StartWith("shop-dev: The new web did not become healthy and was removed. The other 3 containers keep serving.");
        Left.Should().Equal("2 old", "3 old", "4 new");

        health = _ => "healthy";
        await RunAsync(replicas: 3);
        Left.Should().OnlyContain(one => one.EndsWith("new", StringComparison.Ordinal)).And.HaveCount(3).And.Contain("4 new");
    }

    [Fact]
    public async Task More_of_them_get_requests_once_they_are_healthy_and_the_others_stay()
    {
        Have(New);

        await RunAsync(replicas: 3);

        Steps.Should().Equal("only 1", "start, 2 in all", "only 1,2", "start, 3 in all", "only 1,2,3", "every");
    }

    [Fact]
    public async Task Fewer_of_them_go_without_a_request_and_the_first_stay()
    {
        Have(New, New, New);

        await RunAsync(replicas: 1);

        Steps.Should().Equal("only 1,2,3", "only 1,2", "stop 3", "remove 3", "only 1", "stop 2", "remove 2", "every");
    }

    [Fact]
    public async Task One_that_serves_nobody_goes_first()
    {
        Have(Old, Old);
        containers.Add(Of(++last, Old, health: "unhealthy"));

        await RunAsync(replicas: 3);

        Steps.Take(4).Should().Equal("only 1,2", "start, 4 in all", "only 1,2,4", "stop 3");
    }

    [Fact]
    public async Task Without_a_proxy_each_ends_before_its_successor_starts_and_the_others_go_on()
    {
        Have(Old, Old);
        web = web with { Replacement = Replacement.StopFirst };

        await RunAsync(replicas: 2);

        Steps.Should().Equal("stop 1", "remove 1", "start, 2 in all", "stop 2", "remove 2", "start, 2 in all");
    }

    // What was done, in few words.
    private IEnumerable<string> Steps => shell.Changes.Select(change => change.Split(' ') switch
    {
        ["docker", "exec", "id-proxy", "only", var among] => "only " + string.Join(',', among.Split(',').Distinct().Select(Number).Order()),
        ["docker", "exec", "id-proxy", var every] => every,
        ["docker", "compose", .., var scale, "web"] => $"start, {scale.Split('=')[1]} in all",
        ["docker", "stop", var id] => $"stop {Number(id)}",
        ["docker", "rm", .., var id] => $"remove {Number(id)}",
        _ => change,
    });

    private IEnumerable<string> Left => containers.Skip(1).Select(container =>
        $"{Number((string)container["Id"]!)} {container["Config"]!["Labels"]!["com.docker.compose.config-hash"]}");

    private void Have(params string[] hashes)
    {
        containers.RemoveRange(1, containers.Count - 1);
        containers.AddRange(hashes.Select((hash, at) => Of(at + 1, hash)));
        last = hashes.Length;
    }

    private static int Number(string id) => int.Parse(id.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static JsonObject Of(int number, string hash, string status = "running", string health = "healthy")
    {
        var container = FakeContainers.Container("web", health, status);
        container["Id"] = FormattableString.Invariant($"web-{number}");
        container["Name"] = FormattableString.Invariant($"/shop-dev-web-{number}");
        container["RestartCount"] = 0;
        container["Config"]!["Labels"]!["com.docker.compose.config-hash"] = hash;
        container["Config"]!["Labels"]!["com.docker.compose.container-number"] = FormattableString.Invariant($"{number}");
        return container;
    }

    private ShellResult Start()
    {
        var number = ++last;
        containers.Add(Of(number, New, health: health(number)));
        return new ShellResult(0, "", "");
    }

    private ShellResult Remove(string id)
    {
        containers.RemoveAll(container => (string)container["Id"]! == id);
        return new ShellResult(0, "", "");
    }

    private Task RunAsync(int replicas = 1)
    {
        web = web with { Replicas = replicas };
        DesiredState desired = new DesiredState(
            ImmutableSortedDictionary<string, string>.Empty.Add("web", New),
            ImmutableDictionary<string, string>.Empty.Add("web", "sha256:web"),
            []
        );
        return new RollingReplacement(new Docker(shell), SmallStack.Dev(web, Proxy), ["compose"], new Silent()).RunAsync(
            web,
            desired,
            CancellationToken.None
        );
    }
}
