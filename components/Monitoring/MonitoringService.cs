using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Components.Monitoring;

/// <summary>What the services that watch others have in common.</summary>
internal static class MonitoringService
{
    /// <summary>Where they meet each other.</summary>
    public static Network Network { get; } = new("monitoring");

    /// <summary>Their own network, and those of the services they ask.</summary>
    public static ImmutableArray<NetworkAttachment> Beside(params IEnumerable<ServiceSpec> watched) =>
        [
            .. watched
                .SelectMany(service => service.Networks)
                .Select(attachment => attachment.Network)
                .Append(Network)
                .Distinct()
                .Select(network => (NetworkAttachment)network),
        ];

    /// <summary>A probe by busybox's wget, which each of their images has.</summary>
    public static HealthCheck Probe(int port, string path)
        => HealthCheck.Exec("wget", "-q", "-T", "4", "-O", "/dev/null", FormattableString.Invariant($"http://127.0.0.1:{port}{path}"));
}
