using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class EngineInfoTests
{
    [Theory]
    [InlineData("25.0.0", "1.44", "2.26.0")]
    [InlineData("28.3.1", "1.51", "v2.39.1-desktop.1")]
    [InlineData("27.5.1+dfsg4", "1.47", "2.32.4-3")]
    public async Task An_engine_that_is_new_enough_is_no_problem(string engine, string api, string compose)
    {
        var info = await EngineInfo.ProbeAsync(FakeShell.WithEngine(engine, api, compose));

        info.IsReady.Should().BeTrue();
        info.Problems().Should().BeEmpty();
        info.Invoking(all => all.Require()).Should().NotThrow();
    }

    [Fact]
    public async Task Without_a_client_nobody_is_asked()
    {
        var shell = FakeShell.Bare();

        (await ProblemsAsync(shell))
            .Should()
            .Equal("docker: There is no Docker client on the PATH. Install Docker Engine 25 or later with Compose 2.26 or later.");
        shell.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_is_told_with_its_reason()
        => (await ProblemsAsync(FakeShell.WithoutEngine())).Should().Equal(
            "docker: No engine answers: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running? "
            + "Start it ('systemctl start docker', or 'dockerd' where there is no systemd).");

    [Fact]
    public async Task An_engine_that_is_closed_to_the_user_is_not_to_be_started() =>
        (
            await ProblemsAsync(
                FakeShell
                    .WithoutEngine()
                    .On(
                        "docker version",
                        """{"Client":{"Version":"27.5.1"},"Server":null}""",
                        1,
                        "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock"
                    )
            )
        )
            .Should()
            .Equal(
                "docker: This user may not use the engine: "
                    + "permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock. Run the command "
                    + "as root, or join the engine's group ('sudo usermod -aG docker $USER', and log in again): whoever is in it is as good as root."
            );

    [Fact]
    public async Task An_engine_too_old_for_a_start_interval()
        => (await ProblemsAsync(FakeShell.WithEngine("20.10.24+dfsg1", "1.41"))).Should().Equal(
            "docker: Engine 20.10.24+dfsg1 is too old for a healthcheck's start interval. Install Docker Engine 25 or later.");

    [Fact]
    public async Task A_Compose_that_is_too_old() =>
        (await ProblemsAsync(FakeShell.WithEngine(compose: "2.9.1")))
            .Should()
            .Equal("docker compose: Version 2.9.1 is too old. Install Compose 2.26 or later.");

    [Fact]
    public async Task A_Compose_that_is_missing() =>
        (await ProblemsAsync(FakeShell.WithEngine().On("docker compose version", exitCode: 1, error: "docker: 'compose' is not a docker command.")))
            .Should()
            .Equal("docker compose: The plugin is missing. Install Compose 2.26 or later.");

    [Fact]
    public async Task Everything_in_the_way_is_told_at_once()
    {
        var info = await EngineInfo.ProbeAsync(FakeShell.WithEngine("24.0.7", "1.43", "2.20.0"));

        info.Invoking(all => all.Require()).Should().Throw<UserErrorException>().Where(error => error.ExitCode == 2).WithMessage(
            "docker: Engine 24.0.7 is too old for a healthcheck's start interval. Install Docker Engine 25 or later.\n"
            + "docker compose: Version 2.20.0 is too old. Install Compose 2.26 or later.");
    }

    private static async Task<IEnumerable<string>> ProblemsAsync(FakeShell shell)
    {
        var info = await EngineInfo.ProbeAsync(shell);
        info.IsReady.Should().BeFalse();
        return info.Problems();
    }
}
