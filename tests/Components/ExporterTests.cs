using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class ExporterTests
{
    private static readonly Network Data = new("data", Internal: true);
    private static readonly ServiceSpec Database = Postgres.Describe(
        "db",
        new()
        {
            Password = new("pw"),
            User = "me",
            Database = "shop",
        }
    ) with
    {
        Networks = [Data],
    };
    private static readonly ServiceSpec Cache = Redis.Describe("cache", new() { Password = new("pw") }) with { Networks = [Data] };

    [Fact]
    public void Postgres_is_watched_with_its_own_address_and_a_password_from_a_file()
    {
        var exporter = PostgresExporter.Describe("exporter", new() { Database = Database });

        exporter.Environment.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()).Should().Equal(new Dictionary<string, string>
        {
            ["DATA_SOURCE_URI"] = "db:5432/shop?sslmode=disable",
            ["DATA_SOURCE_USER"] = "infra_monitor",
            ["DATA_SOURCE_PASS_FILE"] = "/run/secrets/pw",
        });
    }

    [Fact]
    public void Redis_is_watched_with_its_password_in_a_file_by_address()
    {
        var exporter = RedisExporter.Describe("exporter", new() { Redis = Cache });

        exporter.Environment["REDIS_ADDR"].ToString().Should().Be("redis://cache:6379");
        exporter.Environment["REDIS_PASSWORD_FILE"].ToString().Should().Be("/run/secrets/exporter.json");
        exporter.Environment["REDIS_EXPORTER_DISABLE_SCRAPE_ENDPOINT"].ToString().Should().Be("true", "nobody is to choose what it connects to");
        exporter.Files.Single().Content.Render(_ => "hunter2").Text.Should().Be("""{"redis://cache:6379": "hunter2"}""");
    }

    [Fact]
    public void An_exporter_is_on_the_network_of_what_it_watches_and_does_not_wait_for_it()
    {
        foreach (
            var exporter in new[]
            {
                PostgresExporter.Describe("exporter", new() { Database = Database }),
                RedisExporter.Describe("exporter", new() { Redis = Cache }),
            }
        )
        {
            exporter.Networks.Select(network => network.Network).Should().Equal(Data, new Network("monitoring"));
            exporter.WaitsFor.Should().BeEmpty();
        }
    }

    [Fact]
    public void What_has_no_password_cannot_be_watched()
    {
        var watch = () => PostgresExporter.Describe("exporter", new() { Database = Specs.Web() });

        watch.Should().Throw<ArgumentException>().WithMessage("'web' offers no address with a password, so 'exporter' cannot watch it.");
    }

    [Fact]
    public void The_machine_is_only_read_and_its_network_left_out()
    {
        var node = NodeExporter.Describe("node", new());

        node.Mounts.Should().OnlyContain(mount => mount.ReadOnly);
        node.Command.Should().Contain("--collector.disable-defaults").And.Contain("--collector.filesystem").And.NotContain("--collector.netdev");
        node.Ports.Should().BeEmpty();
    }

    [Fact]
    public void Celerys_metrics_come_from_the_applications_image_over_the_brokers_network()
    {
        var metrics = CeleryMetrics.Describe(
            "celery-metrics",
            new()
            {
                Image = Specs.App,
                App = "shop.celery_app",
                Needs = [Cache.As("BROKER_URL")],
            }
        );

        metrics.Image.Should().Be(Specs.App);
        metrics.Command.Should().Equal("python3", "/run/configs/celery_metrics.py", "shop.celery_app", "9808");
        metrics
            .Files.Should()
            .Contain(file => file.Path == "/run/configs/celery_metrics.py" && file.Content.ToString().Contains("celery_tasks_total"));
        metrics.Networks.Select(network => network.Network).Should().Equal(Data, new Network("monitoring"));
        metrics.Metrics.Should().Equal(new MetricsEndpoint(9808));
    }

    [Fact]
    public void A_worker_tells_of_its_tasks_when_somebody_listens()
    {
        var args = new WorkerArgs { Image = Specs.App, App = "shop.celery_app" };

        Worker.Describe("worker", args).Command.Should().NotContain("--task-events");
        Worker.Describe("worker", args with { SendsEvents = true }).Command.Should().Contain("--task-events");
    }
}
