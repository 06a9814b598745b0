using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Components.Monitoring;

/// <summary>What the services that watch others have in common.</summary>
internal static class MonitoringService
{
    /// <summary>Where they meet each other.</summary>
    public static Network Network { get; } = new("monitoring");

    /// <summary>A monitoring service: on their network only, read-only, as user nobody, without capabilities, half its memory reserved.</summary>
    /// <param name="kind">Its type token.</param>
    /// <param name="name">Its name.</param>
    /// <param name="args">Its image and its limits.</param>
    /// <param name="port">The port it listens on, for HTTP.</param>
    /// <param name="healthPath">The path there that answers 200 when it is healthy.</param>
    public static ServiceSpec Describe(string kind, string name, MonitoringArgs args, int port, string healthPath) =>
        new(kind, name)
        {
            Role = ServiceRole.Monitoring,
            Image = args.Image,
            Ports = args.Port is { } published ? [new Port(port, published)] : [],
            Networks = [Network],
            Health = Probe(port, healthPath),
            Memory = args.Memory,
            ReservedMemory = args.Memory.Reserved(),
            Cpus = args.Cpus,
            Pids = 256,
            User = "65534:65534",
            Capabilities = Capabilities.Only(),
            ReadOnly = true,
            Endpoint = new Endpoint("http", name, port),
        };

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
    private static HealthCheck Probe(int port, string path)
        => HealthCheck.Exec("wget", "-q", "-T", "4", "-O", "/dev/null", FormattableString.Invariant($"http://127.0.0.1:{port}{path}"));
}
