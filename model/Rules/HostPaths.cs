using System.Collections.Frozen;

namespace Infra.Model.Rules;

/// <summary>Which of the host's paths give a container power over the host.</summary>
public static class HostPaths
{
    private static readonly FrozenSet<string> Sockets = new[]
    {
        "docker.sock", "podman.sock", "containerd.sock", "crio.sock",
    }.ToFrozenSet(StringComparer.Ordinal);

    // The folders that hold engines' sockets; who mounts them has the sockets.
    private static readonly FrozenSet<string> SocketFolders = new[] { "/run", "/var/run", "/var", "/run/containerd", "/run/podman" }.ToFrozenSet(
        StringComparer.Ordinal
    );

    private static readonly FrozenSet<string> Sensitive = new[]
    {
        "/", "/bin", "/etc", "/home", "/lib", "/lib64", "/opt", "/sbin", "/usr", "/var/lib",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] SensitiveTrees = ["/boot", "/dev", "/proc", "/root", "/sys", "/var/lib/containerd", "/var/lib/docker"];

    /// <summary>What the mount gives away, if anything. Monitoring may read what it measures, but never talk to an engine.</summary>
    public static string? Danger(BindMount mount, ServiceRole role)
    {
        var path = mount.Source.StartsWith('/') ? Straight(mount.Source) : mount.Source;
        if (Sockets.Contains(path[(path.LastIndexOf('/') + 1)..])) return "and with it the container engine and the whole machine";
        if (SocketFolders.Contains(path)) return "where the container engine's socket lies";
        if (mount.ReadOnly && role == ServiceRole.Monitoring) return null;
        if (Sensitive.Contains(path) || Array.Exists(SensitiveTrees, tree => IsIn(path, tree))) return "a part of the host's own system";
        return IsIn(path, "/etc") && !mount.ReadOnly ? "a part of the host's own system, and may write to it" : null;
    }

    // /run/../etc/ is /etc.
    private static string Straight(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
            if (part == "..") parts.RemoveRange(Math.Max(parts.Count - 1, 0), Math.Min(parts.Count, 1));
            else if (part != ".") parts.Add(part);
        return "/" + string.Join('/', parts);
    }

    private static bool IsIn(string path, string tree) => path == tree || path.StartsWith(tree + "/", StringComparison.Ordinal);
}
