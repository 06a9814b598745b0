using System.Globalization;

namespace Infra.Model.Rules;

/// <summary>What listens on its container's own loopback is reached by its probe alone, and by no published port or proxy.</summary>
internal static class ReachableServers
{
    public static Rule Rule { get; } = new("REACHABLE", Severity.Error, "Every web server listens where others reach it", Check);

    private static IEnumerable<Finding> Check(Topology topology) =>
        topology.Services.Where(service => service.Role == ServiceRole.Web).SelectMany(Check);

    private static IEnumerable<Finding> Check(ServiceSpec service)
    {
        if (Server.From(service) is not { } server) yield break;
        var settings = $"infra:services.{service.Name}";
        var action = $"Write '{server.Everywhere(service.Endpoint?.Port ?? 8000)}' in its command ({settings}.command)";
        var addresses = server.Addresses();
        if (addresses.Length > 0 && addresses.All(address => IsUnreached(address, service.Endpoint?.Port)))
            yield return Rule.Error(
                service.Name,
                $"'{server.Name}' listens on {addresses[0]}, which nothing outside its container reaches.",
                action + ".",
                $"address:{server.Everywhere(service.Endpoint?.Port ?? 8000)}"
            );
        else if (addresses.Length == 0 && !server.IsNamedElsewhere(service.Environment.Keys))
            yield return Rule.Warning(
                service.Name,
                $"'{server.Name}' is given no address, and then listens on 127.0.0.1, which nothing outside its container reaches.",
                action + ", unless its image or its code says another.",
                $"no-address:{server.Everywhere(service.Endpoint?.Port ?? 8000)}"
            );
        // Behind another server in its container it may listen on any.
        if (
            service.Endpoint?.Port is { } asked
            && !addresses.Any(IsLoopback)
            && server.Ports(service.Environment.Keys) is { IsEmpty: false } ports
            && !ports.Contains(asked)
        )
            yield return Rule.Error(
                service.Name,
                $"'{server.Name}' listens on port {ports[0]}, and its probe, its published port and what is in front of it ask on {asked}.",
                FormattableString.Invariant($"Set {settings}.containerPort to {ports[0]}, or name port {asked} in its command ({settings}.command)."),
                "port"
            );
    }

    private static bool IsLoopback(string address) => IsUnreached(address, null);

    // 127.0.0.1:8000, localhost, [::1]:8000, ::1
    private static bool IsUnreached(string address, int? port)
    {
        var (host, own) = address.StartsWith('[') ? (address[1..].Split(']')[0], address.Split("]:").ElementAtOrDefault(1))
            : address.Count(letter => letter == ':') > 1 ? (address, null)
            : (address.Split(':')[0], address.Split(':').ElementAtOrDefault(1));
        var isLoopback = host is "localhost" or "::1" || host.StartsWith("127.", StringComparison.Ordinal);
        // With a port of its own it is behind another server in its container.
        return isLoopback && (own is null || port is null || own == port.Value.ToString(CultureInfo.InvariantCulture));
    }
}
