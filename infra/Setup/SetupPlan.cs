using System.Collections.Immutable;

namespace Infra.Setup;

/// <summary>
/// How Docker Engine and Compose get onto a Debian or Ubuntu from its own packages. Debian 12 has engines that are too old:
/// there a newer suite is added at a low priority, which upgrades nothing else.
/// </summary>
public sealed record SetupPlan(ImmutableArray<SetupStep> Steps)
{
    private const int FirstDebianWithNewEngine = 13;
    private const string Suite = "trixie";
    private const string SourceFile = "/etc/apt/sources.list.d/infra-trixie.sources";
    private const string PreferenceFile = "/etc/apt/preferences.d/infra-trixie";

    /// <summary>The plan for a machine, from its <c>/etc/os-release</c> and what is missing on it; none where it is neither Debian nor Ubuntu.</summary>
    public static SetupPlan? For(IReadOnlyDictionary<string, string> release, bool hasMirrorMaker, bool needsEngine)
    {
        var id = release.GetValueOrDefault("ID");
        if (id is not ("debian" or "ubuntu")) return null;
        var isOld = id == "debian" && int.TryParse(release.GetValueOrDefault("VERSION_ID"), out var version) && version < FirstDebianWithNewEngine;
        var from = isOld ? $"/{Suite}" : "";
        string[] engine = id == "ubuntu"
            ? ["docker.io", "docker-compose-v2", "docker-buildx"]
            : [.. new[] { "docker.io", "docker-cli", "docker-compose", "docker-buildx" }.Select(package => package + from)];
        var packages = string.Join(' ', [.. needsEngine ? engine : [], .. needsEngine ? new[] { "iptables" } : [], .. hasMirrorMaker ? [] : new[] { "mmdebstrap" }]);
        return new SetupPlan(
        [
            .. isOld && needsEngine ? AddSuite() : [],
            new SetupStep("read the lists of packages", "apt-get update -q"),
            new SetupStep("install " + packages, $"DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends {packages}"),
        ]);
    }

    // The mirror is the machine's own: the first address in its sources.
    private static IEnumerable<SetupStep> AddSuite()
    {
        const string mirror = "$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null"
            + " | grep -v '^#' | grep -v -- -security | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1)";
        yield return new SetupStep($"add Debian's suite {Suite}, from this machine's own mirror",
            $"mirror={mirror}; test -n \"$mirror\" && printf 'Types: deb\\nURIs: %s\\nSuites: {Suite}\\nComponents: main\\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg\\n' \"$mirror\" > {SourceFile}");
        yield return new SetupStep("at a priority that upgrades nothing else",
            $"printf 'Package: *\\nPin: release n={Suite}\\nPin-Priority: 50\\n' > {PreferenceFile}");
    }

    /// <summary>The fields of a file such as <c>/etc/os-release</c>.</summary>
    public static IReadOnlyDictionary<string, string> ReadRelease(IEnumerable<string> lines)
        => lines.Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Trim().Trim('"'), StringComparer.Ordinal);
}
