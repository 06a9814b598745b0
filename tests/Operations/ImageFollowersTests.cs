using System.Text.Json.Nodes;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Operations.Project;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class ImageFollowersTests : IDisposable
{
    private readonly TemporaryRoot root = new();
    private readonly FakeShell shell = FakeShell.WithEngine();
    private readonly StringWriter log = new();

    public void Dispose()
    {
        root.Dispose();
        log.Dispose();
    }

    [Fact]
    public async Task What_was_recreated_and_left_there_is_started()
    {
        shell.Running(On("new", "web"), On("new", "worker", "created"), On("own", "postgres")).On("docker compose");

        await FollowAsync(Started("web"));

        shell.Changes.Should().Contain(line => line.EndsWith("up --detach --no-build --no-deps worker", StringComparison.Ordinal));
        log.ToString().Should().Be("worker: on the new image of web.\n");
    }

    [Fact]
    public async Task What_runs_on_the_old_image_is_recreated()
    {
        shell.Running(On("new", "web"), On("old", "worker"), On("old", "beat")).On("docker compose");

        await FollowAsync(Started("web"));

        shell.Changes.Should().Contain(line => line.EndsWith("--no-deps beat worker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_restart_on_the_same_image_another_service_and_what_was_stopped_by_hand_change_nothing()
    {
        shell.Running(On("new", "web"), On("new", "worker"), On("old", "beat", "exited"), On("own", "postgres"));

        await FollowAsync("not json", Started("web"), Started("postgres"), Started("gone"));

        shell.Changes.Should().OnlyContain(line => line.StartsWith("docker events", StringComparison.Ordinal));
        log.ToString().Should().BeEmpty();
    }

    [Fact]
    public async Task An_engine_that_gives_no_answer_once_is_asked_again_at_the_next_change()
    {
        var asked = 0;
        shell
            .Running(On("new", "web"), On("old", "worker"))
            .On("docker compose")
            .On("docker ps", () => asked++ == 0 ? new(1, "", "it is busy") : new(0, "id-web\n", ""));

        await FollowAsync(Started("web"), Started("web"));

        log.ToString()
            .Should()
            .StartWith("web, worker, beat: The engine does not list its containers: it is busy.")
            .And.EndWith("worker: on the new image of web.\n");
    }

    [Fact]
    public async Task What_does_not_come_is_told_and_the_next_change_is_followed()
    {
        shell.Running(On("new", "web"), On("old", "worker")).On("docker compose", exitCode: 1, error: "no space left on device");

        await FollowAsync(Started("web"), Started("web"));

        log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(2).And
            .AllBe("worker: not on the new image of web: no space left on device. './infra.sh up dev' tries it again.");
    }

    private static JsonObject On(string image, string service, string status = "running")
    {
        var container = FakeContainers.Container(service, status: status);
        container["Image"] = $"sha256:{image}";
        return container;
    }

    private static string Started(string service) => new JsonObject
    {
        ["Action"] = "start",
        ["Actor"] = new JsonObject { ["ID"] = $"id-{service}", ["Attributes"] = new JsonObject { ["infra.service"] = service } },
    }.ToJsonString();

    private Task FollowAsync(params string[] events)
    {
        shell.On("docker events", string.Join('\n', events));
        var stack = SmallStack.Dev(SmallStack.Database, SmallStack.Web, Specs.Worker(), Specs.Beat());
        return new ImageFollowers(new Workspace(root.Path), shell, new Docker(shell), stack, log).FollowAsync(CancellationToken.None);
    }
}
