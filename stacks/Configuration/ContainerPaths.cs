using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Infra.Stacks.Configuration;

/// <summary>What paths in a container may be.</summary>
internal static partial class ContainerPaths
{
    // What an image's programs lie in, and what the engine itself mounts.
    private static readonly FrozenSet<string> System = new[]
    {
        "/bin",
        "/boot",
        "/dev",
        "/etc",
        "/home",
        "/lib",
        "/lib64",
        "/opt",
        "/proc",
        "/root",
        "/run",
        "/run/configs",
        "/run/secrets",
        "/sbin",
        "/sys",
        "/tmp",
        "/usr",
        "/usr/bin",
        "/usr/lib",
        "/usr/local",
        "/usr/local/bin",
        "/usr/local/lib",
        "/usr/sbin",
        "/var",
        "/var/lib",
        "/var/run",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly string[] Trees = ["/dev/", "/proc/", "/run/configs/", "/run/secrets/", "/sys/"];

    /// <summary>Whether it is an absolute path in one spelling.</summary>
    public static bool IsPath(string path) => Absolute().IsMatch(path) && !path.Split('/').Any(part => part is "." or "..");

    /// <summary>The path of a folder, which many write with a slash at its end.</summary>
    public static string WithoutEnd(string path) => path.Length > 1 && path.EndsWith('/') ? path[..^1] : path;

    /// <summary>Why nothing can be mounted there, if nothing can.</summary>
    public static string? Fault(string target) =>
        !IsPath(target) ? "is not an absolute path in the container"
        : System.Contains(target) || Trees.Any(tree => target.StartsWith(tree, StringComparison.Ordinal))
            ? "is a part of the container's own system, which a volume would hide"
        : null;

    /// <summary>Whether it lies where the kernel shows itself: no engine mounts anything there.</summary>
    public static bool IsKernels(string target) => Hides("/proc", target);

    /// <summary>Whether a mount at one path hides what lies at the other.</summary>
    public static bool Hides(string target, string path) => path == target || path.StartsWith(target + "/", StringComparison.Ordinal);

    /// <summary>Whether a path leads out of the folder that it is relative to.</summary>
    public static bool Leaves(string path) => path.StartsWith('/') || path.Contains('\\', StringComparison.Ordinal) || path.Split('/').Contains("..");

    [GeneratedRegex(@"\A(/[A-Za-z0-9._@+-]+)+\z")]
    private static partial Regex Absolute();
}
