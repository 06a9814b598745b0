using Infra.Components;
using Infra.Components.Parts;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Stacks.Services;
using Infra.Targets;

namespace Infra.Stacks.Systems;

/// <summary>FastAPI and a Celery worker of one repository, on Postgres, Redis and RabbitMQ (rows A1 to A12).</summary>
public sealed class Hexagonal : ServiceStack
{
    public Hexagonal(IServiceHost host, Settings settings)
    {
        // A2: one build for both, so that neither runs a staler image than the other.
        var services = new StackServices(host, settings);

        // A6. Redis is asked by PING: the document's INCR writes to the data at each probe (ask: incr).
        services.Add<PostgresArgs>("db");
        services.Add<RedisArgs>("redis", args => args with { Timing = ProbeTiming.Seconds(10, 3, 5) });
        services.Add<RabbitMqArgs>("rabbit", args => args with { Timing = ProbeTiming.Seconds(10, 5, 5), Volume = args.Volume ?? "rabbitmq" });

        // A3, A4, A5: code arrives by watch mode, uvicorn and watchfiles restart it.
        services.Add<WebArgs>("backend");
        services.Add<WorkerArgs>("celery_worker", args => args.With(("CELERY_TASK_ALWAYS_EAGER", "false")));
    }
}
