using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Model;

namespace Infra.Targets;

/// <summary>Names what first writes a volume, so that another image family or major version is noticed before it is started on it.</summary>
public static partial class WrittenBy
{
    private const string DebianPrefix = "infra-debian/";

    /// <summary>
    /// <c>family/name:major</c> (<c>registry/postgres:17</c>, <c>debian/postgres:17</c>) for a service whose image owns the format
    /// of its data, without the major version where the tag tells none; nothing for the application's own, which change with
    /// every release.
    /// </summary>
    public static string? Of(ServiceSpec service) => service switch
    {
        { Role: ServiceRole.Web or ServiceRole.Worker or ServiceRole.Beat or ServiceRole.Job } => null,
        { Image: PinnedImage pinned } => $"registry/{pinned.Repository}{Major(pinned.Tag)}",
        { Image: BuiltImage { Tag: { } tag } } when tag.StartsWith(DebianPrefix, StringComparison.Ordinal) => $"debian/{tag[DebianPrefix.Length..]}",
        _ => null,
    };

    /// <summary>The same for a volume: of the first service that keeps its state there.</summary>
    public static string? Of(Topology topology, Volume volume) => topology.Services
        .Where(service => service.Mounts.OfType<VolumeMount>()
            .Any(mount => mount.Volume.Name == volume.Name && service.StatePaths.Contains(mount.Target)))
        .Select(Of).FirstOrDefault();

    /// <summary>What writes each volume that has such a mark, by the volume's physical name.</summary>
    public static ImmutableSortedDictionary<string, string> All(Topology topology) => topology.Volumes
        .Select(volume => (Name: topology.Naming.Of(volume.Name), Writer: Of(topology, volume)))
        .Where(volume => volume.Writer is not null)
        .ToImmutableSortedDictionary(volume => volume.Name, volume => volume.Writer!, StringComparer.Ordinal);

    // 17.6-alpine → :17, v2.1 → :2; latest, pg17 and 3f2a9c1 tell no version
    private static string Major(string tag) => Version().Match(tag) is { Success: true } version ? ":" + version.Groups["major"].Value : "";

    [GeneratedRegex("^v?(?<major>[0-9]+)(?:[.-]|$)")]
    private static partial Regex Version();
}
