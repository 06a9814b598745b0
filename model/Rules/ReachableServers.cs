namespace Infra.Model.Rules;

/// <summary>What listens on its container's own loopback is reached by its probe alone, and by no published port or proxy.</summary>
internal static class ReachableServers
{
    public static Rule Rule { get; } = new("REACHABLE", Severity.Error, "Every web server listens where others reach it", Check);

    private static IEnumerable<Finding> Check(Topology topology) => topology.Services.Where(service => service.Role == ServiceRole.Web).SelectMany(Check);

    private static IEnumerable<Finding> Check(ServiceSpec service)
    {
        if (Server.Of(service) is not { } server) yield break;
        var action = $"Write '{server.Everywhere(service.Endpoint?.Port ?? 8000)}' in its command (infra:web.command)";
        var addresses = server.Addresses();
        if (addresses.Length > 0 && addresses.All(IsLoopback))
            yield return Rule.Error(service.Name, $"'{server.Name}' listens on {addresses[0]}, which nothing outside its container reaches.", action + ".");
        else if (addresses.Length == 0 && server.IsToldByItsCommandAlone)
            yield return Rule.Error(service.Name, $"'{server.Name}' is told no address, and then listens on 127.0.0.1, which nothing outside its container reaches.", action + ".");
        else if (addresses.Length == 0 && !server.IsToldElsewhere(service.Environment.Keys))
            yield return Rule.Warning(service.Name, $"'{server.Name}' is told no address, and then listens on 127.0.0.1, which nothing outside its container reaches.", action + ", unless its image says another.");
    }

    // 127.0.0.1:8000, localhost, [::1]:8000, ::1
    private static bool IsLoopback(string address)
    {
        var host = address.StartsWith('[') ? address[1..].Split(']')[0] : address.Count(letter => letter == ':') > 1 ? address : address.Split(':')[0];
        return host is "localhost" or "::1" || host.StartsWith("127.", StringComparison.Ordinal);
    }
}
