using System.Collections.Immutable;
using Infra.Components.Monitoring;
using Infra.Components.Parts;
using Infra.Components.Programs;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="CeleryMetrics"/> needs to know.</summary>
public sealed record CeleryMetricsArgs : AppArgs
{
    /// <summary>The Celery application: <c>shop.celery_app</c>.</summary>
    public required string App { get; init; }

    /// <summary>The queues whose length it exports where Redis is the broker. Defaults to those that the application declares.</summary>
    public ImmutableArray<string> Queues { get; init; } = [];
}

/// <summary>
/// Metrics of tasks and workers, heard from Celery's events by <c>celery_metrics.py</c> in the application's image.
/// The workers must send them (<see cref="WorkerArgs.SendsEvents"/>).
/// </summary>
public sealed class CeleryMetrics(string name, CeleryMetricsArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:CeleryMetrics";

    /// <summary>The port it listens on.</summary>
    public const int Port = 9808;

    private static readonly ServiceFile Program = new("celery_metrics.py", Embedded.Text("celery_metrics.py"));

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, CeleryMetricsArgs args)
    {
        var port = Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var spec = AppService.Describe(Kind, name, ServiceRole.Monitoring, args, ["python3", Program.Path, args.App, port, .. args.Queues]);
        return spec with
        {
            Files = [.. spec.Files, Program],
            Networks = MonitoringService.Beside([.. args.Needs.SelectMany(need => need.Services)]),
            Health = HttpProbe.Get(Port, "/health"),
            Endpoint = new Endpoint("http", name, Port),
            Metrics = [new MetricsEndpoint(Port)],
        };
    }
}
