using System.Collections.Immutable;
using Infra.Components;
using Infra.Model;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks;

/// <summary>Production: the image's own code behind a proxy, nothing writable but volumes, and no generated secret.</summary>
public sealed class ProdStack : ServiceStack
{
    public ProdStack(IServiceHost host, Settings settings)
    {
        var app = new AppImage("app", settings.App.Image, host);

        var postgres = new Postgres("postgres", settings.ProdPostgres(), host);
        var redis = new Redis("redis", settings.ProdRedis(), host);
        var rabbitmq = new RabbitMq("rabbitmq", settings.ProdRabbitMq(), host);

        var needs = settings.Connect(postgres, rabbitmq, redis);
        ImmutableArray<ServiceSpec> steps = settings.App.Migrate.IsEmpty
            ? []
            : [new Migrations("migrations", settings.MigrationsArgs(app, needs).InProd(), host)];
        var web = new Web("web", settings.WebArgs(app, needs).InProd(steps).Behind(settings.Proxy), host);
        _ = new Worker("worker", settings.WorkerArgs(app, needs).InProd(steps), host);
        if (settings.Beat.Enabled) _ = new Beat("beat", settings.BeatArgs(app, needs).InProd(steps), host);
        if (settings.Flower.Enabled) _ = new Flower("flower", settings.FlowerArgs(app, needs).InProd(), host);
        if (settings.Proxy.Enabled) _ = new Proxy("proxy", settings.ProxyArgs(web), host);
        if (settings.Backup.Enabled) _ = new Backup("backup", settings.Backup.Args(settings.Naming, postgres), host);
        if (settings.Monitoring.Enabled)
            Monitoring.Add(
                host,
                settings.Monitoring,
                postgres,
                redis,
                rabbitmq,
                web,
                new CeleryMetrics("celery-metrics", settings.CeleryMetricsArgs(app, needs).InProd(), host)
            );
    }
}
