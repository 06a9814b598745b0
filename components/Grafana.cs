using System.Collections.Immutable;
using Infra.Components.Monitoring;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Grafana"/> needs to know.</summary>
public sealed record GrafanaArgs() : MonitoringArgs(Images.Grafana, Size.MiB(512), Cpu.Cores(0.5m))
{
    /// <summary>The password of the user <c>admin</c>, taken over on the first start.</summary>
    public required Secret Password { get; init; }

    /// <summary>Where it asks for metrics.</summary>
    public ServiceSpec? Prometheus { get; init; }

    /// <summary>The volume's name. Defaults to the service's.</summary>
    public string? Volume { get; init; }

    /// <summary>Where it sees alerts and makes silences; not when unset.</summary>
    public ServiceSpec? Alertmanager { get; init; }

    /// <summary>The dashboards, by file name. Defaults to those that come along.</summary>
    public ImmutableSortedDictionary<string, string> Dashboards { get; init; } = MonitoringFiles.Dashboards;

    /// <summary>The pause between two scrapes, below which no graph looks closer. Defaults to 15 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>Grafana with its data sources and dashboards from files, and no access without the password.</summary>
public sealed class Grafana(string name, GrafanaArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Grafana";

    /// <summary>The port it listens on.</summary>
    public const int Port = 3000;

    /// <summary>How dashboards name the data source.</summary>
    public const string DataSource = "prometheus";

    private const string Data = "/var/lib/grafana";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, GrafanaArgs args)
    {
        var password = new ServiceFile(args.Password.Name, args.Password.In(SecretForm.Ini));
        var service = MonitoringService.Describe(Kind, name, args, Port, "/api/health");
        return service with
        {
            Environment = Variables.From(
                // Read by Grafana itself, as the last of its expansions.
                // What the image's script makes of a __FILE is expanded again, with ${…} and $__file{…} in the password.
                ("GF_SECURITY_ADMIN_PASSWORD", $"$__file{{{password.Path}}}"),
                ("GF_USERS_ALLOW_SIGN_UP", "false"),
                ("GF_AUTH_ANONYMOUS_ENABLED", "false"),
                ("GF_ANALYTICS_REPORTING_ENABLED", "false"),
                ("GF_ANALYTICS_CHECK_FOR_UPDATES", "false"),
                ("GF_ANALYTICS_CHECK_FOR_PLUGIN_UPDATES", "false"),
                // What it would load from the network at its start.
                ("GF_PLUGINS_PREINSTALL_DISABLED", "true"),
                ("GF_LOG_MODE", "console"),
                ("GF_PATHS_PROVISIONING", $"{ServiceFile.ConfigsDirectory}/provisioning")),
            Files =
            [
                password,
                new ServiceFile("provisioning/datasources/sources.yaml", Sources(args)),
                new ServiceFile("provisioning/dashboards/dashboards.yaml", Folder),
                .. args.Dashboards.Select(dashboard => new ServiceFile($"dashboards/{dashboard.Key}", dashboard.Value)),
            ],
            Mounts =
            [
                new VolumeMount(new Volume(args.Volume ?? name) { LeftOut = "dashboards come from files; export what was drawn by hand" }, Data),
                new TmpfsMount("/tmp", Size.MiB(64)),
            ],
            StatePaths = [Data],
            // The first start makes a whole database, step by step, with half a core.
            Health = service.Health! with { StartPeriod = TimeSpan.FromMinutes(3) },
            WaitsFor = [PrometheusOf(args).AsWait()],
            User = "472:0",
        };
    }

    private const string Folder = $"""
        apiVersion: 1
        providers:
          - name: files
            type: file
            allowUiUpdates: false
            options:
              path: {ServiceFile.ConfigsDirectory}/dashboards

        """;

    private static Template Sources(GrafanaArgs args)
    {
        var alerts = args.Alertmanager?.Endpoint is { } endpoint ? Template.From($"""
              - name: Alertmanager
                uid: alertmanager
                type: alertmanager
                access: proxy
                url: {endpoint.Url()}
                jsonData:
                  implementation: prometheus

            """) : "";
        return Template.From($"""
            apiVersion: 1
            datasources:
              - name: Prometheus
                uid: {DataSource}
                type: prometheus
                access: proxy
                url: {PrometheusOf(args).Endpoint!.Url()}
                isDefault: true
                jsonData:
                  timeInterval: {args.Interval.TotalSeconds}s

            """) + alerts;
    }

    private static ServiceSpec PrometheusOf(GrafanaArgs args) =>
        args.Prometheus ?? throw new ArgumentException("Grafana has no Prometheus to draw from. Set Prometheus.");
}
