using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Infra.Tests.EndToEnd;

public sealed class NetworkTests(DevStack stack) : EndToEndTest(stack)
{
    // Answers "open" or "closed" for each ADDRESS:PORT.
    private const string Knock = """
        import socket, sys
        for target in sys.argv[1:]:
            host, port = target.rsplit(":", 1)
            try:
                socket.create_connection((host, int(port)), timeout=1).close()
                print(target, "open")
            except OSError:
                print(target, "closed")
        """;

    [EndToEndFact]
    public async Task Published_ports_are_open_on_this_machine_and_closed_from_another_network_namespace()
    {
        int[] ports = [Project.WebPort, Stack.PostgresPort, Stack.RabbitMqPort];
        foreach (var port in ports) IsOpenHere(port).Should().BeTrue($"port {port} is published on 127.0.0.1");
        using var control = new TcpListener(IPAddress.Any, 0);
        control.Start();
        var gateway = await Engine.AskAsync("network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}");
        var reachable = Target(IPAddress.Parse(gateway), ((IPEndPoint)control.LocalEndpoint).Port);
        var targets = Addresses()
            .Append(IPAddress.Parse(gateway))
            .Distinct()
            .SelectMany(address => ports.Select(port => Target(address, port)))
            .ToArray();

        var answers = await Engine.LinesAsync([
            "run",
            "--rm",
            "--network",
            "bridge",
            "--entrypoint",
            "python3",
            Project.AppImage,
            "-c",
            Knock,
            reachable,
            .. targets,
        ]);

        answers[0].Should().Be($"{reachable} open", "a port that listens everywhere shows that the way there is open");
        answers[1..].Should().Equal(targets.Select(target => $"{target} closed"));
    }

    [EndToEndFact]
    public async Task Every_published_port_is_bound_to_127_0_0_1()
    {
        var bindings = await Engine.LinesAsync("ps", "--filter", $"label=infra.stack={Project.Label}", "--format", "{{.Ports}}");

        bindings.SelectMany(line => line.Split(", ")).Where(port => port.Contains("->", StringComparison.Ordinal))
            .Should().HaveCount(3).And.OnlyContain(port => port.StartsWith("127.0.0.1:", StringComparison.Ordinal));
    }

    private static string Target(IPAddress address, int port) => $"{address}:{port.ToString(CultureInfo.InvariantCulture)}";

    private static bool IsOpenHere(int port)
    {
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, port);
        return client.Connected;
    }

    private static IEnumerable<IPAddress> Addresses() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(card => card.OperationalStatus == OperationalStatus.Up && card.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(card => card.GetIPProperties().UnicastAddresses).Select(address => address.Address)
        .Where(address => address.AddressFamily == AddressFamily.InterNetwork);
}
