using System.Collections.Immutable;
using System.Globalization;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Systems;

/// <summary>Django with PostGIS, Celery, and SNS and SQS (rows D1 to D10); in production AWS' own take LocalStack's place.</summary>
public sealed class Marketplace : ServiceStack
{
    private static readonly ImmutableArray<string> Migrate = ["python", "manage.py", "migrate", "--noinput"];

    public Marketplace(IServiceHost on, Settings settings)
    {
        var host = on.On("app-network");
        var app = new AppImage("app", settings.App.Image, host);

        var postgres = new Postgres(
            "postgres",
            settings.Postgres with
            {
                Volume = settings.Postgres.Volume ?? "postgres_data",
                Extensions = [.. settings.Postgres.Extensions.Union(["postgis"])],
                Timing = ProbeTiming.Seconds(10, 5, 5),
            },
            host
        );
        // The broker of Celery's queue, which must not lose or forget a task: on a volume, without eviction.
        var redis = new Redis("redis", settings.Redis with { IsBroker = true, Volume = "redis_data" }, host);
        var localstack = settings.Systems.LocalStack.Enabled ? new LocalStack("localstack", LocalStackOf(settings.Systems.LocalStack), host) : null;

        // D4: one environment for the three; what is sensitive in it is exported from files (infra:app.delivery).
        ImmutableArray<Connection> needs =
        [
            redis.As(settings.App.Names.Cache),
            redis.As(settings.App.Names.Broker),
            redis.As(settings.App.Names.Results),
        ];
        ImmutableArray<ServiceSpec> after = [postgres, .. localstack is null ? ImmutableArray<ServiceSpec>.Empty : [localstack]];
        var environment = Environment(settings, postgres, localstack);
        var reload = settings.ReloadInDevelopment();

        // D1: migrations, then the server.
        var web = new Web("web", settings.WebArgs(app, needs).With(environment) with { First = Migrate, After = after, Reload = reload }, host);
        _ = new Worker("celery", settings.WorkerArgs(app, needs).With(environment) with { After = after, Reload = reload }, host);
        if (settings.Beat.Enabled)
            _ = new Beat("celery-beat", settings.BeatArgs(app, needs).With(environment) with { After = after, Reload = reload }, host);

        // D9.
        if (settings.Monitoring.Enabled)
            Monitoring.Add(
                host,
                settings.Monitoring,
                postgres,
                redis,
                web,
                new CeleryMetrics("celery-metrics", settings.CeleryMetricsArgs(app, needs).With(environment), host)
            );
    }

    private static LocalStackArgs LocalStackOf(LocalStackSettings settings) => new()
    {
        Services = ["sns", "sqs"],
        Image = settings.Image,
        Port = settings.Port,
        Memory = settings.Memory,
    };

    private static IEnumerable<(string, Template)> Environment(Settings settings, Postgres postgres, LocalStack? localstack) =>
    [
        ("DEBUG", settings.Environment == EnvironmentKind.Dev ? "True" : "False"),
        ("POSTGRES_DB", settings.Postgres.Database),
        ("POSTGRES_USER", settings.Postgres.Login),
        ("POSTGRES_HOST", postgres.Spec.Name),
        ("POSTGRES_PORT", Postgres.Port.ToString(CultureInfo.InvariantCulture)),
        .. localstack is null ? [] : new (string, Template)[]
        {
            ("AWS_SNS_ENDPOINT_URL", localstack.Spec.Endpoint!.Url()),
            ("AWS_SQS_ENDPOINT_URL", localstack.Spec.Endpoint!.Url()),
        },
    ];
}
