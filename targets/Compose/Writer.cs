using System.Text.RegularExpressions;
using Infra.Model;

namespace Infra.Targets.Compose;

/// <summary>What first writes a volume: <c>debian/postgres:17</c>, so that data are never opened by another.</summary>
internal static partial class Writer
{
    public static string? Of(Volume volume, Topology topology, string family) => topology.Services
        .Where(service => service.Mounts.OfType<VolumeMount>()
            .Any(mount => mount.Volume.Name == volume.Name && service.StatePaths.Contains(mount.Target)))
        .Select(service => $"{family}/{NameOf(service.Image)}").FirstOrDefault();

    private static string NameOf(Image image) => image switch
    {
        PinnedImage pinned => pinned.Repository + Major(pinned.Tag),
        BuiltImage built => built.Name + Major(built.Tag is { } tag ? PinnedImage.Parse(tag).Tag : ""),
        _ => throw ComposeScope.Unknown(image),
    };

    // A tag that is no version (latest, a commit) would only change the label, and with it the volume, at every release.
    private static string Major(string tag) => Version().Match(tag) is { Success: true } match ? ":" + match.Groups[1].Value : "";

    [GeneratedRegex(@"\Av?(\d{1,4})(?:[.-]|\z)")]
    private static partial Regex Version();
}
