using System.Collections.Immutable;
using Infra.Components;
using Infra.Model;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Stacks.Services;
using Infra.Targets;

namespace Infra.Stacks.Systems;

/// <summary>FastAPI and Celery on one Redis, monitored, in production, everything on loopback (rows E1 to E12).</summary>
public sealed class Paqueteria : ServiceStack
{
    private static readonly VolumeMount Uploads = new(new Volume("uploads_data"), "/app/uploads");
    private static readonly VolumeMount Logs = new(new Volume("logs_data"), "/app/logs");

    public Paqueteria(IServiceHost on, Settings settings)
    {
        var host = on.On("network");
        var services = new StackServices(host, settings);

        // E1. The document evicts any key when memory is full, and with it queued tasks: a broker refuses writes (eviction).
        services.Add<RedisArgs>("redis", args => args with { Volume = args.Volume ?? "redis_data" });

        // E2. The document mounts the source and reloads it, in production; here the image's own code runs (infra:app.liveSource).
        var live = settings.App.LiveSource ? settings.Reload() : null;
        var app = services.Add<WebArgs>("app", args => args with { Mounts = [Uploads, Logs, .. Static(settings), .. args.Mounts], Reload = live })!;

        // E3, E4, E10: both after redis and app.
        var worker = services.Add<WorkerArgs>(
            "celery_worker",
            args => args with { Mounts = [Uploads, Logs, .. args.Mounts], After = [.. args.After, app], Reload = live }
        )!;
        services.Add<BeatArgs>(
            "celery_beat",
            args => args with
            {
                Mounts = [Logs, .. args.Mounts],
                After = [.. args.After, app],
                Reload = live,
                Volume = args.Volume ?? "celery_beat_data",
            }
        );

        // E5 to E7, by exact versions where the document has the latest.
        if (!settings.Monitoring.Enabled) return;
        var celery = CeleryWatch.Add(host, settings, services, args => args with { Mounts = [] });
        var node = new NodeExporter("node_exporter", settings.Monitoring.NodeExporter, host);
        // The document sends alerts nowhere; sending them takes one more service.
        var alertmanager = settings.Monitoring.HasReceiver ? new Alertmanager("alertmanager", settings.Monitoring.Alertmanager, host) : null;
        ImmutableArray<ServiceSpec> scrapes = alertmanager is null ? [app, .. celery, node] : [app, .. celery, node, alertmanager];
        var args = Monitoring.PrometheusArgs(settings.Monitoring, scrapes) with
        {
            Alertmanager = alertmanager?.Spec,
            After = [app, worker],
            Volume = "prometheus_data",
        };
        var prometheus = new Prometheus("prometheus", args, host);
        _ = new Grafana(
            "grafana",
            Monitoring.GrafanaArgs(settings.Monitoring, prometheus, scrapes) with
            {
                Alertmanager = alertmanager?.Spec,
                Volume = "grafana_data",
            },
            host
        );
    }

    // The image has a copy of it there.
    private static IEnumerable<Mount> Static(Settings settings)
        => settings.App.LiveSource ? [new BindMount($"{settings.App.Image.Context}/src/static", "/app/static", ReadOnly: true)] : [];
}
