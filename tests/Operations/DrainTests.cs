using System.Net;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Running;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>A container that was replaced stays while the proxy has connections to it.</summary>
public sealed class DrainTests
{
    private const string Head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
    private const string ToOld = "   0: 030013AC:C350 020013AC:1F40 01 00000000:00000000 00:00000000 00000000 10001        0 1 1 0 20 4 30 10 -1\n";
    private const string ToNew = "   1: 030013AC:C352 040013AC:1F40 01 00000000:00000000 00:00000000 00000000 10001        0 1 1 0 20 4 30 10 -1\n";
    private const string Closing = "   2: 030013AC:C354 020013AC:1F40 06 00000000:00000000 00:00000000 00000000 10001        0 1 1 0 20 4 30 10 -1\n";
    private const string Mapped =
        "   3: 0000000000000000FFFF0000030013AC:C356 0000000000000000FFFF0000020013AC:1F40 01 00000000:00000000 00:00000000 00000000 1 0 1\n";

    private static readonly Route Route = new("web", ["only"], ["every"], "/tmp/only") { Drain = TimeSpan.FromSeconds(1) };

    [Theory]
    [InlineData(Head, 0)]
    [InlineData(Head + ToOld + ToNew, 1)]
    [InlineData(Head + ToNew + Closing, 0)]
    [InlineData(Head + ToOld + Head + Mapped, 2)]
    [InlineData("", 0)]
    public void The_kernels_tables_tell_how_many_connections_are_in_use(string tables, int count)
        => OpenConnections.Count(tables, [IPAddress.Parse("172.19.0.2")]).Should().Be(count);

    [Fact]
    public void Addresses_of_the_sixth_version_are_read_too() =>
        OpenConnections
            .Count(
                "   3: 00000000000000000000000000000000:C356 B80D0120000000000000000001000000:1F40 01 0\n",
                [IPAddress.Parse("2001:db8::1")]
            )
            .Should()
            .Be(1);

    [Fact]
    public async Task It_waits_until_the_last_one_has_ended()
    {
        var asked = 0;
        var shell = new FakeShell().On(
            "docker exec id-proxy cat /proc/net/tcp",
            () => new ShellResult(0, Head + (++asked < 3 ? ToOld : ToNew), "")
        );

        await DrainAsync(shell, Route with { Drain = TimeSpan.FromMinutes(5) }, "172.19.0.2");

        asked.Should().Be(3);
    }

    [Fact]
    public async Task It_waits_no_longer_than_it_is_told()
    {
        var shell = new FakeShell().On("docker exec id-proxy cat /proc/net/tcp", Head + ToOld);
        var clock = System.Diagnostics.Stopwatch.StartNew();

        await DrainAsync(shell, Route, "172.19.0.2");

        clock.Elapsed.Should().BeGreaterThanOrEqualTo(Route.Drain).And.BeLessThan(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task One_that_does_not_run_any_more_is_not_waited_for()
    {
        var shell = new FakeShell();

        await DrainAsync(shell, Route);

        shell.Asked.Should().BeEmpty();
    }

    private static Task DrainAsync(FakeShell shell, Route route, params string[] addresses)
    {
        var proxy = ContainerState.From(FakeContainers.Container("proxy"));
        var old = ContainerState.From(FakeContainers.Container("web")) with { Addresses = [.. addresses.Select(IPAddress.Parse)] };
        return new RunningProxy(new Docker(shell), route, proxy).DrainAsync(old, CancellationToken.None);
    }
}
