using Infra.Components;
using Infra.Components.Parts;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Systems;

/// <summary>FastAPI and a Celery worker of one repository, on Postgres, Redis and RabbitMQ (rows A1 to A12).</summary>
public sealed class Hexagonal : ServiceStack
{
    public Hexagonal(IServiceHost host, Settings settings)
    {
        // A2: one build for both, so that neither runs a staler image than the other.
        var app = new AppImage("app", settings.App.Image, host);

        // A6. Redis is asked by PING: the document's INCR writes to the data at each probe (infra:redis.probe).
        var db = new Postgres("db", settings.Postgres, host);
        var redis = new Redis("redis", settings.Redis with { Timing = ProbeTiming.Seconds(10, 3, 5) }, host);
        var rabbit = new RabbitMq("rabbit", settings.RabbitMq with { Timing = ProbeTiming.Seconds(10, 5, 5), Volume = "rabbitmq" }, host);

        // A3, A4, A5: code arrives by watch mode, uvicorn and watchfiles restart it.
        var needs = settings.Connect(db, rabbit, redis);
        var reload = settings.ReloadInDevelopment();
        _ = new Web("backend", settings.WebArgs(app, needs) with { Reload = reload }, host);
        _ = new Worker("celery_worker", settings.WorkerArgs(app, needs).With(("CELERY_TASK_ALWAYS_EAGER", "false")) with { Reload = reload }, host);
    }
}
