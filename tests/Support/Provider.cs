using System.Collections;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Infra.Tests.Support;

/// <summary>What the Docker provider does with a changed input: updates it in place, or replaces the object.</summary>
internal static class Provider
{
    private static readonly ImmutableHashSet<string> InPlace =
    [
        "attach", "containerReadRefreshTimeoutMilliseconds", "cpuPeriod", "cpuQuota", "cpuSet", "cpuShares", "destroyGraceSeconds", "healthcheck",
        "init", "logs", "maxRetryCount", "memory", "memoryReservation", "memorySwap", "mustRun", "removeVolumes", "restart", "rm", "start", "tmpfs",
        "wait", "waitTimeout",
    ];

    private static readonly ImmutableHashSet<string> Kept =
    [
        "command", "entrypoints", "envs", "healthcheck", "hostname", "init", "ipcMode", "labels", "logDriver", "platform", "runtime", "securityOpts",
        "shmSize", "stopSignal", "stopTimeout",
    ];

    /// <summary>Whether it leaves as it was what is no longer given.</summary>
    public static bool Keeps(string type, string input) => type == "docker:index/container:Container" && Kept.Contains(input);

    public static bool Replaces(string type, string input) => type switch
    {
        "docker:index/container:Container" => !InPlace.Contains(input),
        "docker:index/remoteImage:RemoteImage" => input is "name" or "platform" or "pullTriggers" or "triggers",
        "docker:index/image:Image" => false,
        _ => true,
    };

    /// <summary>The same for the same object.</summary>
    public static string Identity(string type, ImmutableDictionary<string, object> inputs)
    {
        var text = string.Join(
            '\n',
            inputs
                .Where(input => Replaces(type, input.Key))
                .OrderBy(input => input.Key, StringComparer.Ordinal)
                .Select(input => $"{input.Key}={Text(input.Value)}")
        );
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
    }

    public static string Text(object? value) =>
        value switch
        {
            ImmutableDictionary<string, object> map => "{"
                + string.Join(", ", map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}: {Text(entry.Value)}"))
                + "}",
            string text => text,
            IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Text)) + "]",
            _ => FormattableString.Invariant($"{value}"),
        };
}
