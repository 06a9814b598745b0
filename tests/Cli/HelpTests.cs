using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class HelpTests : IDisposable
{
    private readonly CommandLineRun run = new(FakeShell.Bare());

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("preview", "<stack> [options]")]
    [InlineData("compose", "<stack> [options]")]
    [InlineData("graph", "<stack> [options]")]
    [InlineData("check", "<stack or files>... [options]")]
    [InlineData("up", "<stack> [options]")]
    [InlineData("down", "<stack> [options]")]
    [InlineData("restart", "<stack> [<service>...] [options]")]
    [InlineData("status", "<stack> [options]")]
    [InlineData("logs", "<stack> [<service>] [options]")]
    [InlineData("watch", "<stack> [options]")]
    [InlineData("exec", "<stack> <service> <command>... [options]")]
    [InlineData("run", "<stack> <command>... [options]")]
    [InlineData("pin", "[options]")]
    [InlineData("dockerfile", "<stack> [options]")]
    [InlineData("build", "<stack> [options]")]
    [InlineData("bake", "<stack> [options]")]
    [InlineData("unused", "<stack> [options]")]
    [InlineData("releases", "<stack> [options]")]
    [InlineData("rollback", "<stack> [<release>] [options]")]
    [InlineData("maintenance", "<stack> [<on|off> [<site>...]] [options]")]
    [InlineData("backup", "<stack> [<service>] [options]")]
    [InlineData("restore", "<stack> <backup> [<service>] [options]")]
    [InlineData("rotate", "<stack> <secret> [options]")]
    [InlineData("heal", "<stack> [options]")]
    [InlineData("doctor", "[options]")]
    public async Task Each_verb_explains_itself_and_asks_nobody(string verb, string usage)
    {
        (await run.RunAsync(verb, "--help")).Should().Be(0);

        run.Out.Should().Contain($"Usage:\n  ./infra.sh {verb} {usage}\n");
        run.Error.Should().BeEmpty();
        run.Shell.Asked.Should().BeEmpty();
    }

    [Theory]
    [InlineData("preview", "--format <json|markdown|text>", "--output")]
    [InlineData("graph", "--format <mermaid|svg>", "--output")]
    [InlineData("compose", "--output", "--project")]
    [InlineData("up", "--maintenance", "--engine <auto|compose|pulumi>", "--images <auto|debian|registry>")]
    [InlineData("down", "--volumes", "--yes")]
    [InlineData("releases", "--format <json|text>")]
    [InlineData("rollback", "--yes", "--wait", "--maintenance")]
    [InlineData("restore", "--yes", "--maintenance")]
    [InlineData("maintenance", "--retry-after", "--wait")]
    [InlineData("build", "--push", "--no-cache", "--platform")]
    [InlineData("logs", "--follow", "--tail")]
    [InlineData("status", "--why", "--deps", "--routes", "--sizes")]
    public async Task A_verbs_options_are_named_with_their_values(string verb, params string[] options)
    {
        await run.RunAsync(verb, "--help");

        run.Out.Should().ContainAll(options);
    }

    [Theory]
    [InlineData]
    [InlineData("--help")]
    public async Task Help_lists_every_verb(params string[] args)
    {
        (await run.RunAsync(args)).Should().Be(0);

        run.Out.Should()
            .Contain("  ./infra.sh [command] [options]\n")
            .And.ContainAll(
                "preview",
                "compose",
                "graph",
                "check",
                "up",
                "down",
                "restart",
                "status",
                "logs",
                "watch",
                "exec",
                "run",
                "pin",
                "dockerfile",
                "build",
                "bake",
                "unused",
                "releases",
                "rollback",
                "backup",
                "restore",
                "rotate",
                "heal",
                "doctor"
            );
    }

    [Fact]
    public async Task The_version_is_the_projects()
    {
        (await run.RunAsync("--version")).Should().Be(0);

        run.Out.Should().MatchRegex(@"^\d+\.\d+\.\d+\n$");
    }
}
