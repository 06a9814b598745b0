using Infra.Model;

namespace Infra.Up;

/// <summary>Where a running stack is reached from this machine.</summary>
public static class Addresses
{
    public static IEnumerable<string> Of(Topology topology)
        => from service in topology.Services
           from port in service.Ports
           where service.Endpoint is not { Scheme: "https" } secure || port.Container == secure.Port
           let address = FormattableString.Invariant($"{port.Address}:{port.Host}")
           select $"{service.Name}: {(IsHttp(service, port) ? $"http://{address}" : Secure(service, port) ?? address)}";

    // A certificate is for a name.
    private static string? Secure(ServiceSpec service, Port port) => service.Endpoint is { Scheme: "https" } endpoint
        ? FormattableString.Invariant($"https://{endpoint.Host}{(port.Host == 443 ? "" : $":{port.Host}")}")
        : null;

    private static bool IsHttp(ServiceSpec service, Port port)
        => service.Endpoint is { Scheme: "http" } || (service.Role == ServiceRole.Broker && port.Container == 15672);
}
