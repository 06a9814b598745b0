using System.Collections.Immutable;
using Infra.Components;
using Infra.Model;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks;

/// <summary>Development: one command up, code reloaded as it is edited.</summary>
public sealed class DevStack : ServiceStack
{
    public DevStack(IServiceHost host, Settings settings)
    {
        var app = new AppImage("app", settings.App.Image, host);

        var postgres = new Postgres("postgres", settings.Postgres, host);
        var redis = new Redis("redis", settings.Redis, host);
        var rabbitmq = new RabbitMq("rabbitmq", settings.RabbitMq, host);

        var needs = settings.Connect(postgres, rabbitmq, redis);
        var reload = settings.Reload();
        ImmutableArray<ServiceSpec> steps = settings.App.Migrate.IsEmpty
            ? []
            : [new Migrations("migrations", settings.MigrationsArgs(app, needs), host)];
        var web = new Web("web", settings.WebArgs(app, needs).InDev(reload, steps), host);
        _ = new Worker("worker", settings.WorkerArgs(app, needs).InDev(reload, steps), host);
        if (settings.Beat.Enabled) _ = new Beat("beat", settings.BeatArgs(app, needs).InDev(reload, steps), host);
        if (settings.Flower.Enabled) _ = new Flower("flower", settings.FlowerArgs(app, needs), host);
        if (settings.Monitoring.Enabled)
            Monitoring.Add(
                host,
                settings.Monitoring,
                postgres,
                redis,
                rabbitmq,
                web,
                new CeleryMetrics("celery-metrics", settings.CeleryMetricsArgs(app, needs), host)
            );
    }
}
