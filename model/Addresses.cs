namespace Infra.Model;

/// <summary>Where a service is reached from its machine.</summary>
public static class Addresses
{
    private const int Http = 80;
    private const int Https = 443;

    /// <summary>Each published port with its address: a URL where a browser can open it, and that of each site of a proxy.</summary>
    public static IEnumerable<(Port Port, string Address)> Published(ServiceSpec service) =>
        !service.Upstreams.IsEmpty
            ? from site in service.Upstreams.Select(upstream => upstream.Site).Distinct()
              from port in service.Ports
              where port.Container == site.Port
              select (port, Url(site, port))
            : service.Ports.Select(port =>
                (port, (Scheme(service, port) is { } scheme ? scheme + "://" : "") + FormattableString.Invariant($"{port.Address}:{port.Host}"))
            );

    /// <summary>Every address of a stack, with the service's name before it.</summary>
    public static IEnumerable<string> Published(Topology topology)
        => topology.Services.SelectMany(service => Published(service).Select(each => $"{service.Name}: {each.Address}"));

    /// <summary>The URL of a proxy's site at a port of this machine: with its name, for which a certificate is, and which a proxy looks at.</summary>
    public static string Url(Endpoint site, Port port) =>
        FormattableString.Invariant($"{site.Scheme}://{site.Host}{(port.Host == (site.Scheme == "https" ? Https : Http) ? "" : $":{port.Host}")}");

    private static string? Scheme(ServiceSpec service, Port port) => service.Endpoint is { Scheme: "http" } ? "http" : port.Scheme;
}
