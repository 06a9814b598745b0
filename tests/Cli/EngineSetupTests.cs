using Infra.Operations.Foundation;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>Nothing is installed on this machine for an engine elsewhere, chosen by a variable or a context.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class EngineSetupTests : IDisposable
{
    private readonly EnvironmentVariables variables = new();
    private readonly CommandLineRun run = new(FakeShell.WithoutEngine());

    public EngineSetupTests() => variables["DOCKER_HOST"] = variables["DOCKER_CONTEXT"] = null;

    public void Dispose()
    {
        run.Dispose();
        variables.Dispose();
    }

    [Fact]
    public async Task Where_nobody_can_be_asked_nothing_is_installed()
    {
        if (!Environment.IsPrivilegedProcess || !File.Exists("/etc/debian_version")) return;

        (await run.RunAsync("doctor", "--install")).Should().Be(1);

        run.Error.Should().Contain("To be installed:").And.EndWith("Nothing was installed: there is no terminal to ask on. Confirm it with --yes.\n");
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public void A_question_that_nobody_hears_is_answered_with_no()
    {
        using var output = new StringWriter();

        Terminal.Ask(output, "Continue?").Should().BeFalse();
        output.ToString().Should().BeEmpty();
    }

    [Fact]
    public async Task Nothing_is_installed_for_an_engine_that_is_closed_to_the_user()
    {
        run.Shell.On(
            "docker version",
            """{"Client":{"Version":"27.5.1"},"Server":null}""",
            1,
            "permission denied while trying to connect to the docker API"
        );

        (await run.RunAsync("up", "dev", "--yes")).Should().Be(2);

        run.Error.Should().StartWith("docker: This user may not use the engine: ").And.NotContain("install");
        run.Shell.Changes.Should().BeEmpty();
    }

    [Theory]
    [InlineData("ssh://root@server")]
    [InlineData("unix:///home/anna/.docker/desktop/docker.sock")]
    public async Task A_context_is_such_a_choice(string address)
    {
        run.Shell.On("docker context inspect", address + "\n");

        (await run.RunAsync("up", "dev", "--yes")).Should().Be(2);

        run.Error.Should().StartWith("docker: No engine answers: ").And.NotContain("install");
        run.Shell.Changes.Should().BeEmpty();
    }
}
