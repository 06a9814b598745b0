using System.Collections.Frozen;

namespace Infra.Model.Rules;

/// <summary>An attacker in a service must not get from there to the host.</summary>
internal static class Unprivileged
{
    public static Rule Rule { get; } = new("UNPRIVILEGED", Severity.Error, "No service has a way to the host", Check);

    private static readonly FrozenSet<string> Dangerous = new[]
    {
        "ALL",
        "BPF",
        "DAC_READ_SEARCH",
        "MAC_ADMIN",
        "MAC_OVERRIDE",
        "NET_ADMIN",
        "SYS_ADMIN",
        "SYS_BOOT",
        "SYS_MODULE",
        "SYS_PTRACE",
        "SYS_RAWIO",
        "SYS_TIME",
        "SYSLOG",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static IEnumerable<Finding> Check(Topology topology) => topology.Services.SelectMany(Check);

    private static IEnumerable<Finding> Check(ServiceSpec service)
    {
        var keepsDefaults = !(service.Capabilities?.Drop ?? []).Select(Bare).Contains("ALL");
        if (keepsDefaults && (service.User?.Split(':')[0] is "root" or "0"))
            yield return Rule.Error(
                service.Name,
                "it runs as root with the engine's default capabilities.",
                "Name a user of its own, or drop all capabilities that it does not need.",
                "root"
            );
        else if (keepsDefaults)
            yield return Rule.Warning(
                service.Name,
                "it keeps the engine's default capabilities.",
                "Drop ALL, and add those that it needs.",
                "capabilities"
            );
        if ((service.Capabilities?.Add ?? []).Select(Bare).Where(Dangerous.Contains).ToList() is { Count: > 0 } dangerous)
            yield return Rule.Error(service.Name, $"its capabilities {dangerous.Quoted()} reach beyond its container.", "Drop them.", "added");
        if (!service.NoNewPrivileges)
            yield return Rule.Error(
                service.Name,
                "its processes may gain privileges through set-user-id programs.",
                "Set no-new-privileges.",
                "privileges"
            );
        foreach (var mount in service.Mounts.OfType<BindMount>())
            if (HostPaths.Danger(mount, service.Role) is { } danger)
                yield return Rule.Error(
                    service.Name,
                    $"it has the host's '{mount.Source}', {danger}.",
                    "Drop the mount, or mount only what it needs.",
                    $"mount:{mount.Target}"
                );
        foreach (var device in service.Devices)
            if (HostPaths.Danger(device) is { } danger)
                yield return Rule.Error(
                    service.Name,
                    $"it has the host's '{device.Host}', {danger}.",
                    "Drop the device, or give it only the one it needs.",
                    "device"
                );
    }

    private static string Bare(string capability)
    {
        var name = capability.ToUpperInvariant();
        return name.StartsWith("CAP_", StringComparison.Ordinal) ? name[4..] : name;
    }
}
