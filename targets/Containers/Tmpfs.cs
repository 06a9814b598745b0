using Infra.Model;
using Pulumi;

namespace Infra.Targets.Containers;

/// <summary>Memory in the file system; the engine adds noexec, nosuid and nodev by itself.</summary>
internal static class Tmpfs
{
    public static InputMap<string> Mounts(ServiceSpec spec) => Unset.OrMap(Options(spec));

    /// <summary>The options by path, in the model's order.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Options(ServiceSpec spec)
        => spec.Mounts.OfType<TmpfsMount>().Select(mount => KeyValuePair.Create(mount.Target, $"size={mount.Size},mode=1777"));
}
