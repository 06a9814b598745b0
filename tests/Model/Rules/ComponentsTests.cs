using Infra.Components;
using Infra.Components.Debian;
using Infra.Components.Parts;
using Infra.Components.Proxies;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Tests.Support;

namespace Infra.Tests.Model.Rules;

public sealed class ComponentsTests
{
    private static readonly ServiceSpec Database = Postgres.Describe("postgres", new() { Password = new("postgres-password"), Port = 5432 });
    private static readonly ServiceSpec Broker = RabbitMq.Describe(
        "rabbitmq",
        new()
        {
            Password = new("rabbitmq-password"),
            Port = 5672,
            ManagementPort = 15672,
        }
    );
    private static readonly ServiceSpec Cache = Redis.Describe("redis", new() { Password = new("redis-password"), Port = 6379 });
    private static readonly ServiceSpec Behind = Web.Describe(
        "site",
        new()
        {
            Image = Specs.App,
            Command = ["uvicorn", "shop.main:app", "--host", "0.0.0.0"],
            IsBehindProxy = true,
        }
    );
    private static readonly Connection[] Needs = [Database.As("DATABASE_URL"), Broker.As("BROKER_URL"), Cache.As("CACHE_URL")];

    [Theory]
    [InlineData(SecretDelivery.File)]
    [InlineData(SecretDelivery.Export)]
    public void Break_no_rule(SecretDelivery delivery)
    {
        var reload = new Reload("app", "/app", ["src"]);
        var topology = Specs.Topology(
            Database, Broker, Cache,
            Redis.Describe("queue", new() { Password = new("queue-password"), IsBroker = true }),
            Web.Describe(
                "web",
                new()
                {
                    Image = Specs.App,
                    Needs = [.. Needs],
                    Command = ["uvicorn", "shop.main:app", "--host", "0.0.0.0"],
                    Port = 8000,
                    Reload = reload,
                    Delivery = delivery,
                }
            ),
            Worker.Describe(
                "worker",
                new()
                {
                    Image = Specs.App,
                    Needs = [.. Needs],
                    App = "shop.celery_app",
                    Probe = WorkerProbe.Ping,
                    Delivery = delivery,
                }
            ),
            Beat.Describe(
                "beat",
                new()
                {
                    Image = Specs.App,
                    Needs = [.. Needs],
                    App = "shop.celery_app",
                    Delivery = delivery,
                }
            ),
            Migrations.Describe(
                "migrations",
                new()
                {
                    Image = Specs.App,
                    Needs = [.. Needs],
                    Command = ["migrate"],
                    Delivery = delivery,
                }
            ),
            Proxy.Describe(
                "proxy",
                new() { Services = [Behind], Sites = [new Site("shop.example.com") { Routes = [new ServiceRoute("/", "site")] }] }
            ),
            ImageFiles.Describe("site-files", new() { Image = Specs.App, Service = "site", Folders = ["/app/static"] }),
            Behind,
            Flower.Describe(
                "flower",
                new()
                {
                    Image = Specs.App,
                    Needs = [.. Needs],
                    App = "shop.celery_app",
                    Port = 5555,
                    Delivery = delivery,
                }
            )
        );

        Review.Run(topology).Should().BeEmpty();
    }

    [Fact]
    public void That_watch_break_no_rule()
    {
        var metrics = Prometheus.Describe("prometheus", new() { Scrapes = [Database, Broker], Port = 9090 });
        var topology = Specs.Topology(
            Database, Broker, Cache, metrics,
            Alertmanager.Describe("alertmanager", new() { Webhook = new("alert-webhook"), Port = 9093 }),
            Grafana.Describe("grafana", new() { Password = new("grafana-password"), Prometheus = metrics, Port = 3000 }),
            NodeExporter.Describe("node-exporter", new() { Port = 9100 }),
            PostgresExporter.Describe("postgres-exporter", new() { Database = Database }),
            RedisExporter.Describe("redis-exporter", new() { Redis = Cache }),
            CeleryMetrics.Describe("celery-metrics", new() { Image = Specs.App, App = "shop.celery_app", Needs = [.. Needs] }));

        Review.Run(topology).Should().BeEmpty();
    }

    [Fact]
    public void Of_the_systems_break_no_rule()
    {
        var auth = Web.Describe("auth", new() { Image = Specs.App, Command = ["serve"], ContainerPort = 8001 });
        var topology = Specs.Topology(
            LocalStack.Describe("localstack", new() { Services = ["sns"], Port = 4566 }),
            Ollama.Describe("ollama", new() { Port = 11434 }),
            Chroma.Describe("chroma", new()),
            auth,
            Proxy.Describe("gateway", new() { Services = [auth] }));

        Review.Run(topology).Should().BeEmpty();
    }

    [Fact]
    public void Break_no_rule_with_the_newest_Postgres()
    {
        var database = Postgres.Describe("postgres", new() { Password = new("postgres-password"), Image = new("postgres", "18.1-alpine") });

        Review.Run(Specs.Topology(database)).Should().BeEmpty();
    }

    [Fact]
    public void Break_no_rule_on_images_built_from_Debian()
    {
        var topology = Specs.Topology([.. new[] { Database, Broker, Cache }.Select(DebianImages.Choose).OfType<ServiceSpec>()]);

        Review.Run(topology).Should().BeEmpty();
    }
}
