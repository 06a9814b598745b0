using Infra.Tests.Support;

namespace Infra.Tests.CommandLines;

/// <summary>Nothing is installed on this machine for an engine that somebody chose elsewhere.</summary>
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
