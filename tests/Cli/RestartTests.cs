using System.Text.Json.Nodes;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class RestartTests : IDisposable
{
    private readonly CommandLineRun run = new(
        FakeShell.WithEngine().Running(FakeContainers.All()).On("docker restart").On(FakeShell.Logs, "one last line\n")
    );

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("compose")]
    [InlineData("pulumi")]
    public async Task Services_are_restarted_whichever_engine_made_them(string engine)
    {
        run.Shell.Running(FakeContainers.All(engine));

        (await run.RunAsync("restart", "dev", "worker", "beat")).Should().Be(0, run.Error);

        run.Shell.Changes.Should().BeEquivalentTo("docker restart id-worker", "docker restart id-beat");
        run.Out.Should().StartWith("shop-dev: restarted ").And.ContainAll("worker", "beat");
    }

    [Fact]
    public async Task A_whole_stack_is_restarted_in_the_order_of_its_waits()
    {
        run.Shell.Running([FakeContainers.Step("migrations"), .. FakeContainers.All()]);

        (await run.RunAsync("restart", "dev")).Should().Be(0, run.Error);

        var order = run.Shell.Changes.Select(line => line.Split('-')[^1]).ToList();
        order[..3].Should().BeEquivalentTo("postgres", "redis", "rabbitmq");
        order[3..].Should().BeEquivalentTo("web", "worker", "beat");
    }

    [Fact]
    public async Task It_ends_when_they_are_well_again()
    {
        var looks = 0;
        run.Shell.On("docker inspect --type container", () => new ShellResult(0, Inspected(++looks < 4 ? "starting" : "healthy"), ""));

        (await run.RunAsync("restart", "dev", "web")).Should().Be(0, run.Error);

        looks.Should().Be(4, "one to find it, and then until it is well");
        run.Error.Should().Contain("web starting").And.Contain("web healthy");
    }

    [Fact]
    public async Task One_that_does_not_become_well_is_told_with_what_it_said()
    {
        var looks = 0;
        run.Shell.On("docker inspect --type container", () => new ShellResult(0, Inspected(++looks == 1 ? "healthy" : "unhealthy"), ""));

        (await run.RunAsync("restart", "dev", "web")).Should().Be(UserErrorException.FailedCode);

        run.Error.Should().Contain("web: It did not become healthy again.").And.Contain("one last line");
    }

    [Fact]
    public async Task What_the_engine_refuses_is_told()
    {
        run.Shell.On("docker restart", exitCode: 1, error: "Error response from daemon: address already in use");

        (await run.RunAsync("restart", "dev", "web")).Should().Be(1);

        run.Error.Should().Contain("web: It was not restarted: ").And.Contain("address already in use");
    }

    [Fact]
    public async Task A_step_is_not_restarted()
    {
        run.Shell.Running([FakeContainers.Step("migrations"), .. FakeContainers.All()]);

        await run.RefusesAsync(
            "migrations: It is a step that runs to completion, and is not restarted. './infra.sh up dev' runs it when it is due.",
            "restart",
            "dev",
            "web",
            "migrations"
        );
    }

    private static string Inspected(string health) => new JsonArray(FakeContainers.Container("web", health)).ToJsonString();
}
