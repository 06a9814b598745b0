using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Up;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class PortCheckTests : IDisposable
{
    private readonly TcpListener holder = new(IPAddress.Loopback, 0);
    private readonly FakeShell shell = FakeShell.WithEngine();

    public void Dispose() => holder.Dispose();

    private int Port => ((IPEndPoint)holder.LocalEndpoint).Port;

    [Fact]
    public async Task A_port_that_a_process_holds_is_told_with_it()
    {
        holder.Start();

        var message = await FailureAsync();

        message.Should().StartWith($"web: Port 127.0.0.1:{Port} is taken by ").And.EndWith(" Stop it, or set another port in Pulumi.dev.yaml.");
        if (OperatingSystem.IsLinux()) message.Should().Contain($"(pid {Environment.ProcessId})");
    }

    [Fact]
    public async Task D10_a_port_that_a_container_publishes_is_told_with_its_name()
    {
        holder.Start();
        shell.On($"docker ps --filter publish={Port}", "other-web\n");

        (await FailureAsync())
            .Should()
            .Be($"web: Port 127.0.0.1:{Port} is taken by the container 'other-web'. Stop it, or set another port in Pulumi.dev.yaml.");
    }

    [Fact]
    public async Task A_port_that_its_holder_would_share_is_taken()
    {
        holder.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        holder.Start();

        (await FailureAsync()).Should().StartWith("web: Port ");
    }

    [Fact]
    public async Task Every_port_that_is_taken_is_told_at_once()
    {
        using var second = new TcpListener(IPAddress.Loopback, 0);
        holder.Start();
        second.Start();

        (await FailureAsync(((IPEndPoint)second.LocalEndpoint).Port)).Split('\n').Should().HaveCount(2);
    }

    [Fact]
    public async Task The_stacks_own_container_may_hold_it()
    {
        holder.Start();
        var own = ContainerState.From(FakeContainers.Container("web")) with { Ports = [$"127.0.0.1:{Port}→8000"] };

        await CheckAsync([own], Port);

        shell.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task The_stacks_own_container_may_hold_it_while_the_engine_starts_it_again()
    {
        holder.Start();
        var own = ContainerState.From(FakeContainers.Container("web", status: "restarting")) with { Ports = [$"127.0.0.1:{Port}→8000"] };

        await CheckAsync([own], Port);

        shell.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task A_port_that_waits_for_its_last_connection_to_be_forgotten_is_free()
    {
        holder.Start();
        var port = Port;
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(IPAddress.Loopback, port);
            using var accepted = await holder.AcceptTcpClientAsync();
        }

        holder.Stop();

        await CheckAsync([], port);
        shell.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task A_port_that_this_user_may_not_listen_on_is_free_for_the_engine()
    {
        await CheckAsync(SocketError.AccessDenied, 80);

        shell.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task A_port_that_this_user_may_not_listen_on_may_be_taken_as_well()
    {
        holder.Start();

        var check = () => CheckAsync(SocketError.AccessDenied, Port);

        (await check.Should().ThrowAsync<UserErrorException>()).Which.Message.Should().StartWith($"web: Port 127.0.0.1:{Port} is taken by ");
    }

    [Fact]
    public async Task An_address_that_this_machine_has_not_is_told_by_the_engine()
    {
        await CheckAsync(new Port(8000, 8000) { Address = "192.0.2.1" });

        shell.Asked.Should().BeEmpty();
    }

    private Task CheckAsync(SocketError answer, int port) =>
        new PortCheck(shell, _ => answer).RequireAsync(
            SmallStack.Dev(Specs.Web() with { Ports = [new Port(8000, port)] }),
            [],
            CancellationToken.None
        );

    private Task CheckAsync(Port port)
        => new PortCheck(shell).RequireAsync(SmallStack.Dev(Specs.Web() with { Ports = [port] }), [], CancellationToken.None);

    private Task CheckAsync(ImmutableArray<ContainerState> existing, params int[] ports)
        => new PortCheck(shell).RequireAsync(
            SmallStack.Dev(Specs.Web() with { Ports = [.. ports.Select(port => new Port(8000, port))] }), existing, CancellationToken.None);

    private async Task<string> FailureAsync(params int[] others)
    {
        var check = () => CheckAsync([], [Port, .. others]);
        UserErrorException error = (await check.Should().ThrowAsync<UserErrorException>()).Which;
        error.ExitCode.Should().Be(2);
        return error.Message;
    }
}
