using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>The switch from an old web to a new one, on an engine that is a list of containers.</summary>
public sealed class ServiceSwitchTests
{
    private static readonly ServiceSpec Web = Specs.Web() with { Replacement = Replacement.StartFirst };

    private static readonly ServiceSpec Proxy = Specs.Service("proxy", ServiceRole.Proxy) with
    {
        Routes = [new Route("web", ["only", Route.Container], ["every"], "/tmp/only")],
    };

    private readonly List<JsonObject> containers = [FakeContainers.Container("proxy"), Of("web-1", "old")];
    private readonly FakeShell shell = new();
    private string health = "healthy";

    public ServiceSwitchTests()
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
            .On("docker compose up", () => Start("web-2"))
            .On("docker rm", () => Remove(shell.Asked.Last().Split(' ')[^1]));
    }

    [Fact]
    public async Task The_proxy_leaves_the_old_one_when_the_new_one_is_healthy()
    {
        await RunAsync();

        shell.Changes.Should().Equal(
            "docker exec id-proxy only shop-dev-web-1",
            "docker compose up --detach --no-build --no-recreate --quiet-pull --scale web=2 web",
            "docker exec id-proxy only shop-dev-web-2",
            "docker stop id-web-1",
            "docker rm id-web-1",
            "docker exec id-proxy every");
    }

    [Fact]
    public async Task A_new_one_that_is_never_healthy_is_removed_and_the_old_one_is_not_touched()
    {
        health = "unhealthy";

        UserErrorException failure = (await this.Awaiting(test => test.RunAsync()).Should().ThrowAsync<UserErrorException>()).Which;

        failure.ExitCode.Should().Be(1);
        failure
            .Message.Should()
            .StartWith("shop-dev: The new web did not become healthy and was removed. The old container keeps serving.\n"
                + "web: It is running, but unhealthy.")
            .And.Contain("connection refused")
            .And.Contain("its last words");
        shell.Changes.TakeLast(2).Should().Equal("docker rm --force id-web-2", "docker exec id-proxy every");
        shell.Changes.Should().NotContain(change => change.Contains("id-web-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_new_one_that_an_interrupted_up_has_left_is_taken_over()
    {
        containers.Add(Of("web-2", "new"));

        await RunAsync();

        shell.Changes.Should().NotContain(change => change.StartsWith("docker compose", StringComparison.Ordinal));
        containers.Select(container => (string)container["Id"]!).Should().Equal("id-proxy", "id-web-2");
    }

    [Fact]
    public async Task A_new_one_that_was_left_dead_makes_way()
    {
        containers.Add(Of("web-2", "new", "exited"));
        shell.On("docker compose up", () => Start("web-3"));

        await RunAsync();

        containers.Select(container => (string)container["Id"]!).Should().Equal("id-proxy", "id-web-3");
    }

    [Fact]
    public async Task Nothing_is_started_when_the_proxy_does_not_listen()
    {
        shell.On("docker exec", exitCode: 1, error: "connection refused");

        await this.Awaiting(test => test.RunAsync()).Should().ThrowAsync<UserErrorException>()
            .WithMessage("proxy: It could not be switched to another container of web: connection refused. 'shop-dev-proxy' keeps the current one.");
        shell.Changes.Should().ContainSingle();
    }

    private static JsonObject Of(string name, string hash, string status = "running", string health = "healthy")
    {
        var container = FakeContainers.Container("web", health, status);
        container["Id"] = $"id-{name}";
        container["Name"] = $"/shop-dev-{name}";
        container["RestartCount"] = 0;
        container["Config"]!["Labels"]!["com.docker.compose.config-hash"] = hash;
        return container;
    }

    private ShellResult Start(string name)
    {
        containers.Add(Of(name, "new", health: health));
        return new ShellResult(0, "", "");
    }

    private ShellResult Remove(string id)
    {
        containers.RemoveAll(container => (string)container["Id"]! == id);
        return new ShellResult(0, "", "");
    }

    private Task RunAsync()
    {
        DesiredState desired = new DesiredState(
            ImmutableSortedDictionary<string, string>.Empty.Add("web", "new"),
            ImmutableDictionary<string, string>.Empty.Add("web", "sha256:web"),
            []
        );
        return new RollingReplacement(new Docker(shell), SmallStack.Dev(Web, Proxy), ["compose"], new Silent()).RunAsync(
            Web,
            desired,
            CancellationToken.None
        );
    }
}
