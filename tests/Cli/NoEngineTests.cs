using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>A machine with no engine, or one that is too old. The engine is set to be elsewhere, so that none would be installed here.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class NoEngineTests : IDisposable
{
    private readonly EnvironmentVariables variables = new();

    public static TheoryData<string> NeedAnEngine =>
        [
            "up dev",
            "down dev",
            "restart dev",
            "restart dev web",
            "down dev --volumes --yes",
            "status dev",
            "status dev --sizes",
            "logs dev",
            "watch dev",
            "exec dev web true",
            "run dev true",
            "build dev",
            "unused dev",
            "backup dev",
            "backup dev --verify",
            "restore dev newest --yes",
            "rotate dev postgres-password",
            "heal dev",
        ];

    public NoEngineTests() => variables["DOCKER_HOST"] = "tcp://build.example:2376";

    public void Dispose() => variables.Dispose();

    [Theory, MemberData(nameof(NeedAnEngine))]
    public Task No_client(string arguments) =>
        RefusesAsync(
            FakeShell.Bare(),
            "docker: There is no Docker client on the PATH. Install Docker Engine 25 or later with Compose 2.26 or later.",
            arguments.Split(' ')
        );

    [Theory, MemberData(nameof(NeedAnEngine))]
    public Task No_engine(string arguments) => RefusesAsync(
        FakeShell.WithoutEngine(),
        "docker: No engine answers: Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running? "
        + "Start it ('systemctl start docker', or 'dockerd' where there is no systemd).", arguments.Split(' '));

    [Theory]
    [InlineData("up", "dev")]
    [InlineData("down", "dev")]
    [InlineData("status", "dev")]
    public Task An_engine_too_old_for_a_start_interval(params string[] args) => RefusesAsync(
        FakeShell.WithEngine("24.0.7", "1.43"),
        "docker: Engine 24.0.7 is too old for a healthcheck's start interval. Install Docker Engine 25 or later.", args);

    [Fact]
    public async Task Pushing_needs_the_client_alone()
    {
        using var run = new CommandLineRun(FakeShell.Bare());

        await run.RefusesAsync(
            "docker: There is no Docker client on the PATH. Install Docker Engine 25 or later with Compose 2.26 or later.",
            "build",
            "dev",
            "--push"
        );
    }

    [Theory]
    [InlineData(false, "docker: There is no Docker client on the PATH.")]
    [InlineData(true, "docker: No engine answers: ")]
    public async Task The_backups_that_lie_here_are_listed_and_what_is_missing_is_told(bool hasClient, string problem)
    {
        using var run = new CommandLineRun(hasClient ? FakeShell.WithoutEngine() : FakeShell.Bare());
        run.Write(
            "backups/prod/20250101T000000Z/manifest.json",
            $$"""
            {"stack":"shop-prod","taken":"2025-01-01T00:00:00Z",
             "parts":[{"name":"postgres","file":"postgres.dump","image":"x","bytes":1,"sha256":"{{new string('0', 64)}}"}]}
            """
        );

        (await run.RunAsync("backup", "prod", "--list")).Should().Be(0);

        run.Out.Should().Be("20250101T000000Z  1 byte  postgres\n");
        run.Error.Should()
            .StartWith(problem)
            .And.EndWith("\nbackup: The backup service's own backups could not be listed, and are missing below. Fix that, and list them again.\n");
    }

    private static async Task RefusesAsync(FakeShell shell, string message, string[] args)
    {
        using var run = new CommandLineRun(shell);
        await run.RefusesAsync(message, args);
    }
}
