using System.Collections.Immutable;
using Infra.Components.Monitoring;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Prometheus"/> needs to know.</summary>
public sealed record PrometheusArgs() : MonitoringArgs(Images.Prometheus, Size.MiB(512), Cpu.Cores(0.5m))
{
    /// <summary>The services it asks for their metrics; those that have none are passed over.</summary>
    public required ImmutableArray<ServiceSpec> Scrapes { get; init; }

    /// <summary>What else it asks. Defaults to nothing.</summary>
    public ImmutableArray<ScrapeTarget> Targets { get; init; } = [];

    /// <summary>Services that it starts after, healthy. Defaults to none: a service that does not start is what it is there to report.</summary>
    public ImmutableArray<ServiceSpec> After { get; init; } = [];

    /// <summary>The volume's name. Defaults to the service's.</summary>
    public string? Volume { get; init; }

    /// <summary>Where its alerts go; nowhere when unset.</summary>
    public ServiceSpec? Alertmanager { get; init; }

    /// <summary>The alert rules, by file name. Defaults to those that come along.</summary>
    public ImmutableSortedDictionary<string, string> Rules { get; init; } = MonitoringFiles.Rules;

    /// <summary>The pause between two scrapes, and between two looks at the rules. Defaults to 15 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many days samples are kept. Defaults to 30.</summary>
    public int RetentionDays { get; init; } = 30;
}

/// <summary>
/// Prometheus, which scrapes what the services' own descriptions say.
/// </summary>
public sealed class Prometheus(string name, PrometheusArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Prometheus";

    /// <summary>The port it listens on.</summary>
    public const int Port = 9090;

    private const string Data = "/prometheus";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, PrometheusArgs args)
    {
        var written = Configuration(name, args);
        var configuration = new ServiceFile("prometheus.yml", written.Write());
        return MonitoringService.Describe(Kind, name, args, Port, "/-/healthy") with
        {
            Command =
            [
                $"--config.file={configuration.Path}",
                $"--storage.tsdb.path={Data}",
                FormattableString.Invariant($"--storage.tsdb.retention.time={args.RetentionDays}d"),
            ],
            Files =
            [
                configuration,
                .. args.Rules.Select(rule => new ServiceFile($"rules/{rule.Key}", rule.Value)),
                .. written.Rules() is { } rules ? [new ServiceFile("rules/addresses.yaml", rules)] : ImmutableArray<ServiceFile>.Empty,
            ],
            Mounts = [new VolumeMount(new Volume(args.Volume ?? name) { LeftOut = "what was measured; nothing needs it to run" }, Data)],
            StatePaths = [Data],
            Networks = Reaching(args.Scrapes),
            WaitsFor = [.. args.After.Select(service => service.AsWait())],
            // It writes what it holds in memory to its volume.
            StopGrace = TimeSpan.FromSeconds(30),
        };
    }

    private static PrometheusConfiguration Configuration(string name, PrometheusArgs args) => new(name, Port, args.Interval)
    {
        Alertmanager = args.Alertmanager?.Endpoint,
        Scrapes = args.Scrapes,
        Targets = args.Targets,
    };

    // One network of each service is enough to reach it, and most are on the monitors' own.
    private static ImmutableArray<NetworkAttachment> Reaching(ImmutableArray<ServiceSpec> services)
    {
        var networks = new List<Network> { MonitoringService.Network };
        foreach (var service in services.Where(service => !service.Metrics.IsEmpty))
            if (!service.Networks.Any(attachment => networks.Contains(attachment.Network))) networks.Add(service.Networks[0].Network);
        return [.. networks.Select(network => (NetworkAttachment)network)];
    }
}
