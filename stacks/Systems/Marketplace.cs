using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Stacks.Services;
using Infra.Targets;

namespace Infra.Stacks.Systems;

/// <summary>Django with PostGIS, Celery, and SNS and SQS (rows D1 to D10); in production AWS' own take LocalStack's place.</summary>
public sealed class Marketplace : ServiceStack
{
    private static readonly ImmutableArray<string> Migrate = ["python", "manage.py", "migrate", "--noinput"];

    public Marketplace(IServiceHost on, Settings settings)
    {
        var host = on.On("app-network");
        var services = new StackServices(host, settings);
        var localstack = settings.Systems.LocalStack is { } aws ? new LocalStack("localstack", aws with { Services = ["sns", "sqs"] }, host) : null;

        services.Add<PostgresArgs>("postgres", args => args with
        {
            Volume = args.Volume ?? "postgres_data",
            Extensions = [.. args.Extensions.Union(["postgis"])],
            Timing = ProbeTiming.Seconds(10, 5, 5),
        });
        // The broker of Celery's queue, which must not lose or forget a task: on a volume, without eviction.
        services.Add<RedisArgs>("redis", args => args with { Volume = args.Volume ?? "redis_data" });

        // D4: one environment for the three; what is sensitive in it is exported from files (infra:app.delivery). D1: migrations, then the server.
        services.Add<WebArgs>("web", args => InAws(args) with { First = Migrate });
        services.Add<WorkerArgs>("celery", InAws);
        services.Add<BeatArgs>("celery-beat", InAws);

        // D9.
        if (settings.Monitoring.Enabled)
            Monitoring.Add(
                host,
                settings.Monitoring,
                [
                    .. services.All.Where(service => service.Role is ServiceRole.Database or ServiceRole.Broker or ServiceRole.Web),
                    .. CeleryWatch.Add(host, settings, services, InAws),
                ]
            );

        T InAws<T>(T args) where T : AppArgs => args.With(Environment(settings, localstack)) with
        {
            After = [.. args.After, .. localstack is null ? ImmutableArray<ServiceSpec>.Empty : [localstack]],
        };
    }

    private static (string, Template)[] Environment(Settings settings, LocalStack? localstack) =>
    [
        ("DEBUG", settings.Environment == EnvironmentKind.Dev ? "True" : "False"),
        .. localstack is null ? [] : new (string, Template)[]
        {
            ("AWS_SNS_ENDPOINT_URL", localstack.Spec.Endpoint!.Url()),
            ("AWS_SQS_ENDPOINT_URL", localstack.Spec.Endpoint!.Url()),
        },
    ];
}
