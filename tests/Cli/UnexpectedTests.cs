using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class UnexpectedTests : IDisposable
{
    // A machine on which asking Docker for anything is a programming error.
    private readonly CommandLineRun run = new(new FakeShell());

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Is_one_line_that_says_how_to_see_more()
    {
        (await run.RunAsync("status", "dev")).Should().Be(1);

        run.Error.Should()
            .Be("Unexpected: Nobody said what 'docker version --format {{json .}}' answers. Run it again with --verbose to see where.\n");
    }

    [Fact]
    public async Task Shows_where_it_came_from_when_asked()
    {
        (await run.RunAsync("status", "dev", "--verbose")).Should().Be(1);

        run.Error.Should()
            .StartWith("System.InvalidOperationException: Nobody said")
            .And.Contain("   at Infra.Operations.Engine.EngineInfo.ProbeAsync");
    }

    [Fact]
    public async Task A_file_that_its_user_may_not_touch_is_no_error_of_the_programs()
    {
        run.Shell.On("docker version", () => throw new UnauthorizedAccessException("Access to the path '/srv/shop/.infra' is denied."));

        (await run.RunAsync("status", "dev")).Should().Be(1);

        run.Error.Should()
            .Be(
                "Access to the path '/srv/shop/.infra' is denied. "
                    + $"Give '{Environment.UserName}', who runs this, the right to it, and run the same command again.\n"
            );
    }

    [Fact]
    public async Task An_interruption_is_no_error_of_the_programs()
    {
        run.Shell.On("docker version", () => throw new OperationCanceledException());

        (await run.RunAsync("status", "dev")).Should().Be(1);

        run.Error.Should().Be("Interrupted. What was done stays; the same command continues from here.\n");
    }
}
