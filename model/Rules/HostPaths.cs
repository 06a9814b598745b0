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

    private const string SecretsFolder = ".secrets";

    private static readonly string[] Memories = ["/dev/kmem", "/dev/mem", "/dev/port"];

    private static readonly string[] Disks =
    [
        "/dev/dm-", "/dev/hd", "/dev/mapper", "/dev/md", "/dev/mmcblk", "/dev/nvme", "/dev/sd", "/dev/vd", "/dev/xvd",
    ];

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

    /// <summary>What the device gives away, if anything: the whole memory, or disks past all permissions.</summary>
    public static string? Danger(Device device)
    {
        var path = Straight(device.Host);
        if (path is "/dev") return "and with it every device of the host";
        if (Memories.Contains(path)) return "and with it the host's whole memory";
        return Array.Exists(Disks, disk => path.StartsWith(disk, StringComparison.Ordinal)) ? "a disk of the host, whatever lies on it" : null;
    }

    /// <summary>What a path that is relative to the project's root gives away of the project, if anything.</summary>
    public static string? DangerToProject(string source)
    {
        if (source.StartsWith('/')) return null;
        var parts = new List<string>();
        foreach (var part in source.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != "."))
            if (part == ".." && parts.Count > 0 && parts[^1] != "..") parts.RemoveAt(parts.Count - 1);
            else parts.Add(part);
        return DangerToProject(parts.All(part => part == ".."), parts.FirstOrDefault() == SecretsFolder);
    }

    /// <summary>The same of a whole path, links followed, in a project whose root is <paramref name="root"/>.</summary>
    public static string? DangerToProject(string path, string root)
        => DangerToProject(path == "/" || IsIn(root, path.TrimEnd('/')), IsIn(path, $"{root.TrimEnd('/')}/{SecretsFolder}"));

    private static string? DangerToProject(bool hasRoot, bool hasSecrets) =>
        hasRoot ? "the project's own folder, with the settings and secrets of every stack"
        : hasSecrets ? "the folder of the stacks' secrets"
        : null;

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
