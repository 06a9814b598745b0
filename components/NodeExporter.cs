using System.Collections.Immutable;
using Infra.Components.Monitoring;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="NodeExporter"/> needs to know.</summary>
public sealed record NodeExporterArgs() : MonitoringArgs(Images.NodeExporter, Size.MiB(64), Cpu.Cores(0.25m));

/// <summary>The node exporter: memory, disks, processors and pressure of the machine, whose files it may only read.</summary>
public sealed class NodeExporter(string name, NodeExporterArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:NodeExporter";

    /// <summary>The port it listens on.</summary>
    public const int Port = 9100;

    // None of those that read the network's state: they would show the container's own network as the machine's.
    private static readonly ImmutableArray<string> Collectors =
        ["cpu", "diskstats", "filefd", "filesystem", "loadavg", "meminfo", "os", "pressure", "stat", "time", "uname", "vmstat"];

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, NodeExporterArgs args) =>
        MonitoringService.Describe(Kind, name, args, Port, "/metrics") with
        {
            Command =
            [
                "--path.procfs=/host/proc", "--path.sysfs=/host/sys", "--path.rootfs=/rootfs",
                "--collector.disable-defaults", .. Collectors.Select(collector => $"--collector.{collector}"),
            ],
            Mounts =
            [
                new BindMount("/proc", "/host/proc", ReadOnly: true),
                new BindMount("/sys", "/host/sys", ReadOnly: true),
                new BindMount("/", "/rootfs", ReadOnly: true),
            ],
            Metrics = [new MetricsEndpoint(Port)],
        };
}
