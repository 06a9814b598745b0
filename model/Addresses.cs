namespace Infra.Model;

/// <summary>Where a service is reached from its machine.</summary>
public static class Addresses
{
    private const int Https = 443;

    /// <summary>Each published port with its address: a URL where a browser can open it. A port that only leads to HTTPS has none.</summary>
    public static IEnumerable<(Port Port, string Address)> Published(ServiceSpec service) =>
        service.Endpoint is { Scheme: "https" } secure
            ? service.Ports.Where(port => port.Container == secure.Port).Select(port => (port, Named(secure, port)))
            : service.Ports.Select(port =>
                (port, (Scheme(service, port) is { } scheme ? scheme + "://" : "") + FormattableString.Invariant($"{port.Address}:{port.Host}"))
            );

    /// <summary>Every address of a stack, with the service's name before it.</summary>
    public static IEnumerable<string> Published(Topology topology)
        => topology.Services.SelectMany(service => Published(service).Select(each => $"{service.Name}: {each.Address}"));

    // A certificate is for a name.
    private static string Named(Endpoint secure, Port port) =>
        FormattableString.Invariant($"https://{secure.Host}{(port.Host == Https ? "" : $":{port.Host}")}");

    private static string? Scheme(ServiceSpec service, Port port) => service.Endpoint is { Scheme: "http" } ? "http" : port.Scheme;
}
