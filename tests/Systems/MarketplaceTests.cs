using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Tests.Systems;

public sealed class MarketplaceTests(SystemStacks stacks) : SystemTest(stacks, "marketplace")
{
    private const string Prod = "marketplace-prod";
    private static readonly string[] App = ["web", "celery", "celery-beat"];
    private static readonly string[] Stores = ["postgres", "redis", "localstack"];

    [
        Fact,
        Deviation(
            "LocalStack by an exact version, Redis too: `latest` and `alpine` are another image another day. "
                + "Live tests run Debian's newest PostGIS, and moto behind a page of our own in LocalStack's place.",
            Setting = "`infra:localstack.image`, `infra:services.redis.image`, with a digest"
        )
    ]
    public void D1_web_celery_and_beat_run_on_PostGIS_Redis_and_LocalStack()
    {
        Topology.Services.Select(service => service.Name).Should().BeEquivalentTo([.. App, .. Stores]);
        this["postgres"].Image.ToString().Should().Be("postgis/postgis:15-3.3");
        this["localstack"].Image.ToString().Should().StartWith("localstack/localstack:4.");
        this["localstack"].Environment["SERVICES"].ToString().Should().Be("sns,sqs");
        Ports().Should().BeEquivalentTo([("web", 8000), ("postgres", 5432), ("redis", 6379), ("localstack", 4566)]);
        string.Join(' ', this["celery"].Command).Should().Contain("celery -A marketplace worker --loglevel=info");
        string.Join(' ', this["celery-beat"].Command).Should().Contain("celery -A marketplace beat --loglevel=info");
    }

    [Theory]
    [InlineData("marketplace", "python manage.py runserver")]
    [InlineData(Prod, "gunicorn marketplace.wsgi")]
    public void D1_web_migrates_and_then_serves(string stack, string server)
    {
        var command = string.Join(' ', Stacks[stack].Find("web")!.Command);

        command.Should().Contain("python manage.py migrate --noinput && exec ");
        command.IndexOf(server, StringComparison.Ordinal).Should().BeGreaterThan(command.IndexOf("migrate", StringComparison.Ordinal));
    }

    [Fact]
    public void D2_the_image_has_the_libraries_of_geometry_and_a_user_of_its_own()
    {
        var dockerfile = File("samples", "marketplace", "Dockerfile");

        dockerfile
            .Should()
            .Contain("FROM python:3.11-slim")
            .And.Contain("gcc libpq-dev binutils libproj-dev gdal-bin libgdal-dev python3-gdal")
            .And.Contain("USER app");
        dockerfile
            .Split("apt-get update")
            .Length.Should()
            .Be(dockerfile.Split("rm -rf /var/lib/apt/lists/*").Length, "each list is removed in its own layer");
        dockerfile
            .Split("FROM ")[2]
            .Should()
            .Contain("binutils gdal-bin libpq5", "GeoDjango loads the libraries, and asks binutils where they are, when it runs")
            .And.NotContain("gcc")
            .And.NotContain("-dev");
        dockerfile
            .IndexOf("requirements.txt", StringComparison.Ordinal)
            .Should()
            .BeLessThan(dockerfile.IndexOf("COPY --chown=app:app . .", StringComparison.Ordinal));
    }

    [Fact, Deviation("Redis has a volume too, `redis_data`: it holds Celery's queue.")]
    public void D3_one_network_and_the_volume_of_the_data()
    {
        Topology.Networks.Should().Equal(new Network("app-network"));
        Compose().Should().Contain("name: infra-marketplace-app-network");
        this["postgres"].Mounts.OfType<VolumeMount>().Single().Volume.Name.Should().Be("postgres_data");
    }

    [Theory]
    [InlineData("marketplace")]
    [InlineData(Prod)]
    public void D4_one_environment_for_the_three_under_the_documents_names(string stack)
    {
        string[] names =
        [
            "DEBUG",
            "SECRET_KEY",
            "POSTGRES_DB",
            "POSTGRES_USER",
            "POSTGRES_PASSWORD",
            "POSTGRES_HOST",
            "POSTGRES_PORT",
            "REDIS_URL",
            "CELERY_BROKER_URL",
            "CELERY_RESULT_BACKEND",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_DEFAULT_REGION",
            "AWS_SNS_ENDPOINT_URL",
            "AWS_SQS_ENDPOINT_URL",
            "FLASH_PROMO_TOPIC_ARN",
        ];
        var services = App.Select(name => Stacks[stack].Find(name)!).ToList();

        foreach (var name in names)
            services.Select(service => Variable(service, name)).Distinct().Should().ContainSingle(name).Which.Should().NotBeNull(name);
        services
            .Should()
            .OnlyContain(service => Variable(service, "POSTGRES_PASSWORD") == "exported" && Variable(service, "CELERY_BROKER_URL") == "exported");
    }

    [Fact, Deviation("Redis and LocalStack are waited for until they are healthy, not only started.")]
    public void D5_web_and_Celery_start_after_all_three()
    {
        foreach (var name in App)
            this[name].WaitsFor.Should().BeEquivalentTo(Stores.Select(store => new Wait(store, WaitCondition.Healthy)));
    }

    [Fact]
    public void D6_Postgres_is_asked_whether_it_is_ready()
        => Probe(this["postgres"]).Should().Be(("pg_isready -q -h 127.0.0.1 -U marketplace -d marketplace", 10, 5, 5));

    [Fact, Deviation("The folders of the code are mounted, not the whole tree.")]
    public void D7_the_source_is_mounted_and_reloaded_in_development()
    {
        foreach (var service in App.Select(name => this[name]))
        {
            service
                .Mounts.OfType<BindMount>()
                .Select(mount => mount.Source)
                .Should()
                .Equal("samples/marketplace/marketplace", "samples/marketplace/shops");
            string.Join(' ', service.Command).Should().Contain(Reload.Program.Path);
        }
    }

    [
        Fact,
        Deviation(
            "Secrets reach the processes by an export from files. Logs are the engine's own files, bounded, until a driver is named, "
                + "and `logs` follows all of them in one place either way. Compose sets no processor time aside: only a scheduler does.",
            Setting = "`infra:logging.driver`"
        )
    ]
    public void D9_production_has_limits_probes_and_secrets()
    {
        var prod = Stacks[Prod];
        var web = prod.Find("web")!;

        File("samples", "marketplace", "Dockerfile").Split("FROM python:3.11-slim").Should().HaveCount(3);
        (web.Cpus, web.Memory, web.ReservedCpus, web.ReservedMemory).Should().Be((Cpu.Cores(0.5m), Size.MiB(512), Cpu.Cores(0.25m), Size.MiB(256)));
        prod.Services.Should().OnlyContain(service => service.Health != null && service.Logging != null);
        prod.Services.Select(service => service.Name)
            .Should()
            .Contain(["prometheus", "grafana", "node-exporter", "postgres-exporter", "redis-exporter", "celery-metrics"]);
        prod.Secrets.Select(secret => secret.Name)
            .Should()
            .BeEquivalentTo("aws-secret-access-key", "grafana-password", "postgres-password", "redis-password", "secret-key");
        prod.Find("localstack").Should().BeNull("production uses the real ones");
        App.Select(name => Variable(prod.Find(name)!, "DEBUG")).Should().AllBe("False");
        App.SelectMany(name => prod.Find(name)!.Mounts).OfType<BindMount>().Should().BeEmpty();
    }

    private IEnumerable<(string, int)> Ports() =>
        Topology.Services.SelectMany(service => service.Ports, (service, port) => (service.Name, port.Host));
}
