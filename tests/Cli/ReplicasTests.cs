using Infra.Operations.Foundation;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>Several containers of one service: each can be told from the others, and be picked.</summary>
public sealed class ReplicasTests : IDisposable
{
    private readonly CommandLineRun run = new(
        FakeShell
            .WithEngine()
            // As Compose numbers them after some deploys.
            .Running([
                FakeContainers.Replica("worker", 10),
                FakeContainers.Replica("worker", 4, "unhealthy"),
                FakeContainers.Replica("worker", 9),
                .. FakeContainers.All()[..5],
            ])
            .On("docker stats")
            .On("docker restart")
            .On("docker exec")
            .On(FakeShell.Logs, "line\n")
    );

    public ReplicasTests() => run.Write(
        "Pulumi.dev.yaml",
        "config:\n  infra:environment: dev\n  infra:app: { context: app }\n  infra:services: { worker: { replicas: 4 } }\n"
    );

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Status_has_a_row_for_each_and_for_those_that_are_missing()
    {
        (await run.RunAsync("status", "dev")).Should().Be(1);

        run.Out.Should()
            .MatchRegex("(?m)^worker.1 +unhealthy")
            .And.MatchRegex("(?m)^worker.2 +healthy")
            .And.MatchRegex("(?m)^worker.3 +healthy")
            .And.MatchRegex("(?m)^worker.4 +not there")
            .And.MatchRegex("(?m)^web +healthy");
    }

    [Fact]
    public async Task Logs_name_each()
    {
        (await run.RunAsync("logs", "dev", "worker")).Should().Be(0, run.Error);

        run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().BeEquivalentTo("worker.1 | line", "worker.2 | line", "worker.3 | line");
    }

    [Fact]
    public async Task Logs_can_be_those_of_one()
    {
        (await run.RunAsync("logs", "dev", "worker.3")).Should().Be(0, run.Error);

        run.Out.Should().Be("worker.3 | line\n");
        run.Shell.Asked.Should().ContainSingle(line => line.EndsWith("--tail 100 id-worker-10", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("worker.1", "id-worker-4")]
    [InlineData("worker.2", "id-worker-9")]
    [InlineData("worker", "id-worker-9")]
    [InlineData("web.1", "id-web")]
    public async Task A_command_runs_in_the_one_that_is_named_or_in_one_that_is_well(string name, string container)
    {
        (await run.RunAsync("exec", "dev", name, "--", "true")).Should().Be(0, run.Error);

        run.Shell.Changes.Should().ContainSingle().Which.Should().Contain($" {container} ");
    }

    [Fact]
    public Task One_that_is_not_there_is_refused_with_those_that_are() => run.RefusesAsync(
        "worker.4: There is no such service in shop-dev. Did you mean 'worker.1'? "
            + "Services: beat, postgres, rabbitmq, redis, web, worker.1, worker.2, worker.3.",
        "logs",
        "dev",
        "worker.4"
    );

    [Fact]
    public async Task One_alone_is_restarted()
    {
        (await run.RunAsync("restart", "dev", "worker.2")).Should().Be(0, run.Error);

        run.Shell.Changes.Should().Equal("docker restart id-worker-9");
        run.Out.Should().Be("shop-dev: restarted worker.2.\n");
    }

    [Fact]
    public async Task All_are_restarted_one_after_the_other_as_far_as_they_become_healthy()
    {
        (await run.RunAsync("restart", "dev", "worker")).Should().Be(UserErrorException.FailedCode);

        run.Shell.Changes.Should().Equal("docker restart id-worker-4");
        run.Error.Should().Contain("worker.1: It did not become healthy again.");
    }
}
