using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class DoctorTests : IDisposable
{
    private readonly CommandLineRun run = new(FakeShell.Bare());

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_missing_client_is_a_line_like_the_others()
    {
        (await run.RunAsync("doctor")).Should().Be(1);

        run.Out.Should().StartWith("""
              !!  docker client: missing
              !!  docker engine: no answer
              !!  docker compose: missing
                  docker: There is no Docker client on the PATH. Install Docker Engine 25 or later with Compose 2.26 or later.
              --  docker buildx: missing. Images with cache mounts need it: install your system's package for it.
              --  pulumi: not there. Only '--engine pulumi' needs it; Compose does the rest.
              ok  compiled against
            """.ReplaceLineEndings("\n")).And.ContainAll("  ok  .NET ", "  ok  stack dev: ", "  ok  stack prod: ");
        run.Error.Should().BeEmpty();
    }

    [Theory]
    [InlineData("26.1.5+dfsg1", "1.45", true)]
    [InlineData("27.5.1", "1.47", true)]
    [InlineData("28.0.0", "1.48", false)]
    public async Task An_engine_that_opens_loopback_to_neighbours_is_named(string engine, string api, bool isNamed)
    {
        using var other = new CommandLineRun(FakeShell.WithEngine(engine, api).On("docker buildx version", "v0.29\n"));

        (await other.RunAsync("doctor")).Should().Be(0, other.Out);

        other
            .Out.Contains(
                $"  --  docker engine: Before Engine 28 ({engine} here), "
                    + "a machine on the same network link reaches ports that are published on 127.0.0.1",
                StringComparison.Ordinal
            )
            .Should()
            .Be(isNamed);
    }

    [Fact]
    public async Task Without_a_client_a_port_that_is_taken_is_told_all_the_same()
    {
        using var holder = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        holder.Start();
        var port = ((System.Net.IPEndPoint)holder.LocalEndpoint).Port;
        run.Write(
            "Pulumi.dev.yaml",
            $"config:\n  infra:environment: dev\n  infra:app:\n    context: app\n  infra:services:\n    web:\n      port: {port}\n"
        );

        await run.RunAsync("doctor");

        run.Out.Should().Contain($"      web: Port 127.0.0.1:{port} is taken by ").And.NotContain("cannot be started");
    }
}
