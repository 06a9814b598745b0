using Infra.Model;

namespace Infra.Up;

/// <summary>Where a running stack is reached from this machine.</summary>
public static class Addresses
{
    public static IEnumerable<string> Of(Topology topology)
        => from service in topology.Services
           from port in service.Ports
           let address = FormattableString.Invariant($"{port.Address}:{port.Host}")
           select $"{service.Name}: {(IsHttp(service, port) ? $"http://{address}" : address)}";

    private static bool IsHttp(ServiceSpec service, Port port)
        => service.Endpoint is { Scheme: "http" } || (service.Role == ServiceRole.Broker && port.Container == 15672);
}
