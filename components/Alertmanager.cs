using Infra.Components.Monitoring;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Alertmanager"/> needs to know.</summary>
public sealed record AlertmanagerArgs() : MonitoringArgs(Images.Alertmanager, Size.MiB(128), Cpu.Cores(0.25m))
{
    /// <summary>The secret with the address that alerts are posted to; they are only shown when unset.</summary>
    public Secret? Webhook { get; init; }

    /// <summary>
    /// The secret with the address that is posted to every five minutes for as long as Prometheus and Alertmanager work. Who
    /// answers there raises the alarm when it stops.
    /// </summary>
    public Secret? DeadMan { get; init; }
}

/// <summary>Alertmanager: groups alerts, keeps silences, and sends notifications.</summary>
public sealed class Alertmanager(string name, AlertmanagerArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Alertmanager";

    /// <summary>The port it listens on.</summary>
    public const int Port = 9093;

    private const string Data = "/alertmanager";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, AlertmanagerArgs args)
    {
        var configuration = new ServiceFile("alertmanager.yml", Configuration(args));
        return MonitoringService.Describe(Kind, name, args, Port, "/-/healthy") with
        {
            Command =
            [
                $"--config.file={configuration.Path}",
                $"--storage.path={Data}",
                // A single one has no peers to gossip with.
                "--cluster.listen-address=",
            ],
            Files = [configuration, .. new[] { args.Webhook, args.DeadMan }.OfType<Secret>().Select(ServiceFile.For)],
            Mounts = [new VolumeMount(new Volume(name) { LeftOut = "which alerts are silenced" }, Data)],
            StatePaths = [Data],
            Metrics = [new MetricsEndpoint(Port)],
        };
    }

    private static string Configuration(AlertmanagerArgs args) => $"""
        route:
          receiver: people
          group_by: [alertname, job]
          group_wait: 10s
          group_interval: 1m
          repeat_interval: 4h
          routes:
            - receiver: dead-man
              matchers: [severity="none"]
              group_wait: 0s
              repeat_interval: 5m
            - receiver: people
              matchers: [severity="critical"]
              repeat_interval: 1h
        inhibit_rules:
          # Who hears that a service is down need not hear what that entails for it.
          - source_matchers: [severity="critical"]
            target_matchers: [severity="warning"]
            equal: [job]
        receivers:
          - name: people{Posting(args.Webhook, resolved: true)}
          - name: dead-man{Posting(args.DeadMan, resolved: false)}

        """;

    private static string Posting(Secret? address, bool resolved) => address is null ? "" : $"""

            webhook_configs:
              - url_file: {ServiceFile.For(address).Path}
                send_resolved: {(resolved ? "true" : "false")}
        """;
}
