using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>A stack runs, and its settings file is gone: it is found by its labels.</summary>
public sealed class LostSettingsTests : IDisposable
{
    private readonly CommandLineRun run = new();

    public LostSettingsTests()
    {
        File.Delete(run.PathOf("Pulumi.dev.yaml"));
        run.Shell.Running(FakeContainers.Container("web"), FakeContainers.Container("redis", "unhealthy"));
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Down_takes_it_down()
    {
        run.Shell.On("docker compose --project-name").On("docker stop").On("docker rm");

        (await run.RunAsync("down", "dev")).Should().Be(0, run.Error);

        run.Shell.Changes.Should().StartWith("docker compose --project-name shop-dev down --remove-orphans");
    }

    [Fact]
    public async Task Status_shows_what_the_engine_has()
    {
        run.Shell.On("docker stats");

        (await run.RunAsync("status", "dev")).Should().Be(1);

        run.Out.Should().MatchRegex("(?m)^redis +unhealthy").And.MatchRegex("(?m)^web +healthy");
        run.Error.Should().Be("Pulumi.dev.yaml: The file is gone, so this is what the engine has, not what should run.\n");
    }

    [Fact]
    public async Task Logs_shows_what_it_prints()
    {
        run.Shell.On(FakeShell.Logs, "hello\n");

        (await run.RunAsync("logs", "dev", "web")).Should().Be(0, run.Error);

        run.Out.Should().Be("web | hello\n");
    }

    [Fact]
    public Task Up_says_what_to_do() =>
        run.RefusesAsync(
            "Pulumi.dev.yaml: The file is gone, and the engine has objects of shop-dev. "
                + "Put the file back, or take them down with './infra.sh down dev': volumes, and so the data, stay.",
            "up",
            "dev"
        );

    [Fact]
    public async Task Of_a_stack_of_which_nothing_is_there_it_is_said_that_there_is_none()
    {
        run.Shell.On("docker ps --all");

        foreach (var verb in new[] { "up", "down", "status", "logs" }) await run.RunAsync(verb, "dev");

        run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Should()
            .HaveCount(4)
            .And.OnlyContain(line => line == "Pulumi.dev.yaml: There is no stack 'dev'. Stacks here: prod.");
    }
}
