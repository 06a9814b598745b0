using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
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
        var image = new AppImage("app", settings.App.Image, host);

        // E1. The document evicts any key when memory is full, and with it queued tasks: a broker refuses writes (infra:redis.eviction).
        var redis = new Redis("redis", settings.Redis with { IsBroker = true, Volume = "redis_data" }, host);

        // E2. The document mounts the source and reloads it, in production; here the image's own code runs (infra:app.liveSource).
        ImmutableArray<Connection> needs =
        [
            redis.As(settings.App.Names.Cache),
            redis.As(settings.App.Names.Broker),
            redis.As(settings.App.Names.Results),
        ];
        var live = settings.App.LiveSource ? settings.Reload() : null;
        var app = new Web("app", settings.WebArgs(image, needs) with { Mounts = [Uploads, Logs, .. Static(settings)], Reload = live }, host);

        // E3, E4, E10: both after redis and app.
        var worker = new Worker(
            "celery_worker",
            settings.WorkerArgs(image, needs) with
            {
                Mounts = [Uploads, Logs],
                After = [app],
                Reload = live,
            },
            host
        );
        if (settings.Beat.Enabled)
            _ = new Beat(
                "celery_beat",
                settings.BeatArgs(image, needs) with
                {
                    Mounts = [Logs],
                    After = [app],
                    Reload = live,
                    Volume = "celery_beat_data",
                },
                host
            );

        // E5 to E7, by exact versions where the document has the latest.
        if (!settings.Monitoring.Enabled) return;
        var celery = new CeleryMetrics("celery-metrics", settings.CeleryMetricsArgs(image, needs), host);
        var node = new NodeExporter("node_exporter", settings.Monitoring.NodeExporter, host);
        // The document sends alerts nowhere; sending them takes one more service.
        var alertmanager = settings.Monitoring.HasReceiver ? new Alertmanager("alertmanager", settings.Monitoring.Alertmanager, host) : null;
        ImmutableArray<ServiceSpec> scrapes = alertmanager is null ? [app, celery, node] : [app, celery, node, alertmanager];
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
