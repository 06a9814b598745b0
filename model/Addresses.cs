namespace Infra.Model;

/// <summary>Where a service is reached from its machine.</summary>
public static class Addresses
{
    private const int BrokersPages = 15672;

    /// <summary>Each published port with its address: a URL where a browser can open it.</summary>
    public static IEnumerable<(Port Port, string Address)> Of(ServiceSpec service)
        => service.Ports.Select(port => (port, (Scheme(service, port) is { } scheme ? scheme + "://" : "") + FormattableString.Invariant($"{port.Address}:{port.Host}")));

    private static string? Scheme(ServiceSpec service, Port port) => service switch
    {
        { Endpoint.Scheme: "http" or "https" } => service.Endpoint.Scheme,
        { Role: ServiceRole.Broker } when port.Container == BrokersPages => "http",
        _ => null,
    };
}
