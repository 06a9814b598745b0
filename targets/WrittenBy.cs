using System.Text.RegularExpressions;
using Infra.Model;

namespace Infra.Targets;

/// <summary>What writes a volume, so that another image family, major version or C library is noticed before it is started on it.</summary>
/// <param name="Label">
/// What is noted on a new volume: <c>family/name:major</c> (<c>registry/redis:8</c>, <c>debian/postgres:17</c>), with the variant
/// behind it where a database sorts by its C library (<c>registry/postgres:17-alpine</c>), and without what the tag does not show.
/// </param>
/// <param name="Earlier">What was noted before databases' tags were read for what they are.</param>
public sealed partial record WrittenBy(string Label, string Earlier)
{
    /// <summary>
    /// The writer that a service is, where its image owns the format of its data; none for the application's own, which changes with
    /// every release.
    /// </summary>
    public static WrittenBy? From(ServiceSpec service) => service switch
    {
        _ when service.IsApplication() || service.Role == ServiceRole.Job => null,
        { Image: PinnedImage pinned } => From(pinned, service.Role == ServiceRole.Database),
        _ when DebianTag.Name(service.Image) is { } name => Debian(name),
        _ => null,
    };

    /// <summary>The service that keeps its state on a volume, the first of them.</summary>
    public static ServiceSpec? Owner(Topology topology, Volume volume) => topology.Services.FirstOrDefault(service =>
        service.Mounts.OfType<VolumeMount>().Any(mount => mount.Volume.Name == volume.Name && service.StatePaths.Contains(mount.Target)));

    /// <summary>Whether it wrote a volume with this label: what one of the two does not show is no difference.</summary>
    public bool Wrote(string label)
        => label == Label || label == Earlier || label == Variant().Replace(Label, "") || Variant().Replace(label, "") == Label;

    private static WrittenBy Debian(string name) => new(DebianTag.Family + name, DebianTag.Family + name);

    private static WrittenBy From(PinnedImage image, bool isDatabase)
    {
        var (name, tagged) = ($"registry/{image.Repository}", Major(image.Tag));
        if (!isDatabase) return new WrittenBy(name + tagged, name + tagged);
        var major = PostgresLayout.Major(image) is { } known ? FormattableString.Invariant($":{known}") : tagged;
        var variant = major.Length > 0 && PostgresLayout.Variant(image) is { } library ? "-" + library : "";
        return new WrittenBy(name + major + variant, name + tagged);
    }

    // 17.6-alpine → :17, v2.1 → :2; latest, pg17 and 3f2a9c1 show no version
    private static string Major(string tag) => Version().Match(tag) is { Success: true } version ? ":" + version.Groups["major"].Value : "";

    [GeneratedRegex("^v?(?<major>[0-9]+)(?:[.-]|$)")]
    private static partial Regex Version();

    [GeneratedRegex("-(alpine|debian)$")]
    private static partial Regex Variant();
}
