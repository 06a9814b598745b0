using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Targets.Diagrams;

/// <summary>Topologies of the sizes that people draw.</summary>
internal static class SampleTopologies
{
    private static readonly Network Edge = new("edge");
    private static readonly Network Application = new("application");
    private static readonly Network Data = new("data", Internal: true);

    /// <summary>The six services of development.</summary>
    public static Topology Development { get; } = new(new Naming("infra", "dev"), [.. Six()]);

    /// <summary>Fifteen services on three networks.</summary>
    public static Topology Fifteen { get; } = new(new Naming("shop", "prod"), [.. Stores(), .. Applications(), .. Watchers()]);

    /// <summary>So many services: stores, a migration, and applications that wait for some of them.</summary>
    public static Topology Many(int count)
    {
        var stores = Math.Max(3, count / 8);
        var services = Enumerable.Range(0, stores).Select(i => Specs.Store($"store-{i}", (ServiceRole)(1 + (i % 3)))).ToList();
        services.Add(Specs.Job().Waits(new Wait("store-0")));
        for (var i = services.Count; i < count; i++)
            services.Add(
                Some(i) with
                {
                    WaitsFor =
                        i % 7 == 0
                            ? []
                            :
                            [
                                new($"store-{i % 3}"),
                                new($"store-{i * 7 % stores}"),
                                .. i % 2 == 0 ? new[] { new Wait("migrate", WaitCondition.Completed) } : [],
                            ],
                    Ports = i % 5 == 0 ? [new Port(8000, 8000 + i)] : [],
                }
            );
        return new Topology(new Naming("shop", "large"), [.. services]);
    }

    private static ServiceSpec Some(int i) => (i % 3) switch
    {
        0 => Specs.Web($"web-{i}"),
        1 => Specs.Worker($"worker-{i}"),
        _ => Specs.Service($"service-{i}", (ServiceRole)(i % 9)),
    };

    private static ServiceSpec[] Six()
    {
        var postgres = Postgres.Describe("postgres", new() { Password = new("postgres-password") });
        var redis = Redis.Describe("redis", new() { Password = new("redis-password") });
        var rabbit = RabbitMq.Describe("rabbitmq", new() { Password = new("rabbitmq-password"), ManagementPort = 15672 });
        return [postgres, redis, rabbit, .. App(postgres, rabbit, redis)];
    }

    private static ServiceSpec[] App(ServiceSpec database, ServiceSpec broker, ServiceSpec cache)
    {
        var needs = new[] { database.As("DATABASE_URL"), broker.As("BROKER_URL"), cache.As("CACHE_URL") };
        return
        [
            Web.Describe("web", new() { Image = Specs.App, Needs = [.. needs], Command = ["uvicorn", "shop.main:app"], Port = 8000 }),
            Worker.Describe("worker", new() { Image = Specs.App, Needs = [.. needs], App = "shop.celery_app" }),
            Beat.Describe("beat", new() { Image = Specs.App, Needs = [.. needs], App = "shop.celery_app" }),
        ];
    }

    private static ServiceSpec[] Stores() => [.. Six()[..3].Select(store => store.On(Data)), Specs.Store("minio", ServiceRole.Other).On(Data)];

    private static ServiceSpec[] Applications()
    {
        var all = Six();
        var migrate = Specs.Job().Waits(new Wait("postgres")).On(Application, Data);
        var migrated = new Wait("migrate", WaitCondition.Completed);
        return
        [
            migrate,
            .. all[3..].Select(service => (service with { Ports = [] }).Waits([.. service.WaitsFor, migrated]).On(Application, Data)),
            Specs.Worker("worker-mail").Waits(new("postgres"), new("rabbitmq"), new("redis"), migrated).On(Application, Data),
            Specs
                .Service("flower", ServiceRole.Monitoring)
                .Waits(new Wait("rabbitmq"), new Wait("worker", WaitCondition.Started))
                .On(Application, Data),
            Specs.Service("proxy", ServiceRole.Proxy).Waits(new Wait("web"), new Wait("flower", WaitCondition.Started)).On(Edge, Application) with
            {
                Ports = [new Port(80, 80) { Address = "0.0.0.0" }, new Port(443, 443) { Address = "0.0.0.0" }],
            },
        ];
    }

    private static ServiceSpec[] Watchers()
    {
        var prometheus = Specs
            .Store("prometheus", ServiceRole.Monitoring)
            .Waits(new Wait("postgres-exporter"), new Wait("redis-exporter"))
            .On(Application, Data);
        return
        [
            Specs.Service("postgres-exporter", ServiceRole.Monitoring).Waits(new Wait("postgres")).On(Data),
            Specs.Service("redis-exporter", ServiceRole.Monitoring).Waits(new Wait("redis")).On(Data),
            prometheus,
            Specs.Store("grafana", ServiceRole.Monitoring, "/var/lib/grafana").Waits(new Wait("prometheus")).On(Edge, Application)
                with { Ports = [new Port(3000, 3000)] },
        ];
    }
}
