using System.Collections.Immutable;

namespace Infra.Operations.Setup;

/// <summary>
/// How Docker Engine and Compose get onto a Debian or Ubuntu from its own packages. Debian 12 has engines that are too old:
/// there a newer suite is added at a low priority, which upgrades nothing else.
/// </summary>
public sealed record SetupPlan(ImmutableArray<SetupStep> Steps)
{
    private const int FirstDebianWithNewEngine = 13;

    /// <summary>
    /// Debian's suite whose engine is new enough, for a release whose own is not.
    /// It is the first with Engine 28, which keeps ports of 127.0.0.1 from neighbours.
    /// </summary>
    public const string DefaultSuite = "forky";

    /// <summary>
    /// The plan for a machine, from its <c>/etc/os-release</c> and what is missing on it.
    /// None where it is neither Debian nor Ubuntu.
    /// </summary>
    public static SetupPlan? For(IReadOnlyDictionary<string, string> release, bool hasMirrorMaker, bool needsEngine, string suite = DefaultSuite)
    {
        var id = release.GetValueOrDefault("ID");
        if (id is not ("debian" or "ubuntu")) return null;
        var isOld = id == "debian" && int.TryParse(release.GetValueOrDefault("VERSION_ID"), out var version) && version < FirstDebianWithNewEngine;
        var from = isOld ? $"/{suite}" : "";
        string[] engine =
            id == "ubuntu"
                ? ["docker.io", "docker-compose-v2", "docker-buildx"]
                : [.. new[] { "docker.io", "docker-cli", "docker-compose", "docker-buildx" }.Select(package => package + from)];
        var packages = string.Join(
            ' ',
            [
                .. needsEngine ? engine : [],
                .. needsEngine ? new[] { "iptables" } : [],
                .. hasMirrorMaker ? [] : new[] { "mmdebstrap", "debian-archive-keyring" },
            ]
        );
        return new SetupPlan([
            .. isOld && needsEngine ? AddSuite(suite) : [],
            new SetupStep("read the lists of packages", "apt-get update -q"),
            new SetupStep("install " + packages, $"DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends {packages}"),
        ]);
    }

    // The mirror is the machine's own: the first address in its sources.
    private static IEnumerable<SetupStep> AddSuite(string suite)
    {
        const string mirror = "$(cat /etc/apt/sources.list /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list 2>/dev/null"
            + " | grep -v '^#' | grep -v -- -security | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1)";
        yield return new SetupStep(
            $"add Debian's suite {suite}, from this machine's own mirror",
            $"mirror={mirror}; test -n \"$mirror\" && "
                + $"printf 'Types: deb\\nURIs: %s\\nSuites: {suite}\\nComponents: main\\n"
                + $"Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg\\n' \"$mirror\" > /etc/apt/sources.list.d/infra-{suite}.sources"
        );
        yield return new SetupStep(
            "at a priority that upgrades nothing else",
            $"printf 'Package: *\\nPin: release n={suite}\\nPin-Priority: 50\\n' > /etc/apt/preferences.d/infra-{suite}"
        );
    }

    /// <summary>The fields of a file such as <c>/etc/os-release</c>.</summary>
    public static IReadOnlyDictionary<string, string> ReadRelease(IEnumerable<string> lines)
        => lines.Select(line => line.Split('=', 2)).Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0].Trim(), parts => parts[1].Trim().Trim('"'), StringComparer.Ordinal);
}
