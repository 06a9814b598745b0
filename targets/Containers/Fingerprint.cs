using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Infra.Model;
using Infra.Targets.Compose;

namespace Infra.Targets.Containers;

/// <summary>
/// A hash of what the provider takes into its state without touching the container: probe, tmpfs and init, and whether there
/// is anything of what it keeps as it was when it is no longer given, such as a command; and where the password is changed while it runs,
/// the files with that, but for its value. As a label it replaces the container. Nothing else is in it: memory and restart update in place.
/// </summary>
internal static class Fingerprint
{
    public static string Hash(ServiceSpec spec)
    {
        var text = string.Join('\0', Parts(spec));
        return Hash(text)[..16];
    }

    /// <summary>A hash of all of it, its image's content included. Compose's writer leaves out nothing that a container is made from.</summary>
    public static string Whole(ServiceSpec spec, string content)
        => Hash(ComposeWriter.Write(new Topology(new Naming("", ""), [One(spec)]), new ComposeOptions()) + Files(spec) + content)[..8];

    // How many there are is nothing of what one of them is.
    private static ServiceSpec One(ServiceSpec spec) => spec with { Replicas = null };

    private static string Files(ServiceSpec spec) => string.Concat(spec.Files.Select(file => $"{file.Path}\0{file.Content}\0"));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static IEnumerable<string> Parts(ServiceSpec spec)
    {
        yield return spec.Init ? "init" : "";
        // What carries these replaces nothing; but another text around the password does.
        foreach (var file in FilesCarrier.Carried(spec)) yield return $"{file.Path}\0{file.Content}";
        foreach (var given in Given(spec)) yield return given;
        foreach (var (path, options) in ContainerParts.TmpfsOptions(spec).OrderBy(entry => entry.Key, StringComparer.Ordinal))
            yield return $"{path}:{options}";
        if (spec.Health is not { } health) yield break;
        foreach (var word in health.Test) yield return word;
        yield return health.Retries.ToString(CultureInfo.InvariantCulture);
        foreach (var duration in new[] { health.Interval, health.Timeout, health.StartPeriod, health.StartInterval ?? TimeSpan.Zero })
            yield return GoDuration.Format(duration);
    }

    // Once set and then left to the image or the engine, each of these would stay what it was.
    private static IEnumerable<string> Given(ServiceSpec spec)
    {
        if (!spec.Entrypoint.IsEmpty) yield return "entrypoint";
        if (!spec.Command.IsEmpty) yield return "command";
        if (!spec.Environment.IsEmpty) yield return "environment";
        if (spec.Hostname is not null) yield return "hostname";
        if (spec.StopSignal is not null) yield return "stop signal";
        if (spec.SharedMemory is not null) yield return "shared memory";
        if (spec.Logging is not null) yield return "logging";
        if (spec.Platform is not null) yield return "platform";
        if (spec.NoNewPrivileges) yield return "no new privileges";
    }
}
