namespace Infra.Model.Rules;

/// <summary>Docker's published ports pass by the host's firewall: only a proxy may open one to others.</summary>
internal static class LoopbackPorts
{
    public static Rule Rule { get; } = new("LOOPBACK-PORTS", Severity.Error, "Only a proxy publishes ports beyond this machine", Check);

    private static IEnumerable<Finding> Check(Topology topology) =>
        from service in topology.Services
        where service.Role != ServiceRole.Proxy
        from port in service.Ports
        where !port.IsLoopback
        select Rule.Error(service.Name,
            $"port {port.Host} is published on {port.Address}, open to every machine that reaches this one.",
            $"Publish it on {Port.Loopback}, or let a proxy pass requests on.",
            FormattableString.Invariant($"port:{port.Container}"));
}
