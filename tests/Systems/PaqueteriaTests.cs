using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Tests.Systems;

public sealed class PaqueteriaTests(SystemStacks stacks) : SystemTest(stacks, "paqueteria")
{
    private static readonly string[] App = ["app", "celery_worker", "celery_beat"];

    [Fact, Deviation("`noeviction`: a broker that evicts any key loses queued tasks.", Setting = "`infra:services.redis.eviction: all-keys-lru`")]
    public void E1_Redis_has_a_password_a_bound_and_a_volume_and_is_not_published()
    {
        var redis = this["redis"];
        var configuration = redis.Files.Single(file => file.Name == "redis.conf").Content.ToString();

        redis.Image.ToString().Should().StartWith("redis:7.").And.EndWith("-alpine");
        configuration.Should().Contain("requirepass <redis-password>").And.Contain("maxmemory 268435456").And.Contain("maxmemory-policy noeviction");
        redis.Health.Should().NotBeNull();
        Volumes("redis").Should().Equal(("redis_data", "/data"));
        redis.Environment["TZ"].ToString().Should().Be("America/Bogota");
        redis.Ports.Should().BeEmpty();
    }

    [Fact]
    public async Task E1_the_documents_own_eviction_is_a_setting() =>
        (await WithAsync("    redis:\n", "    redis:\n      eviction: all-keys-lru\n"))
            .Find("redis")!
            .Files.Single(file => file.Name == "redis.conf")
            .Content.ToString()
            .Should()
            .Contain("maxmemory-policy allkeys-lru");

    [
        Fact,
        Deviation(
            "The image's own code runs, without reload: a mounted source in production is replaced under a running server.",
            Setting = "`infra:app.liveSource: true`"
        )
    ]
    public void E2_app_answers_on_loopback_and_keeps_uploads_and_logs()
    {
        var app = this["app"];
        var build = app.Image.Should().BeOfType<BuiltImage>().Which;

        (build.Tag, build.Context, build.Dockerfile).Should().Be(("paqueteria_v1_app:prod", "samples/paqueteria/CODE", "Dockerfile"));
        app.Ports.Should().Equal(new Port(8000, 8000));
        app.Command.Should().Equal("python", "-m", "uvicorn", "src.main:app", "--host", "0.0.0.0", "--port", "8000");
        Probe(app).Test.Should().Contain("GET /health ");
        Volumes("app").Should().Equal(("uploads_data", "/app/uploads"), ("logs_data", "/app/logs"));
        File("samples", "paqueteria", "CODE", "src", "main.py").Should().Contain("@app.get(\"/metrics\")");
    }

    [Fact]
    public async Task E2_the_documents_own_mounted_source_is_a_setting()
    {
        var live = await WithAsync("infra:app:\n", "infra:app:\n    liveSource: true\n");

        foreach (var name in App)
            live.Find(name)!.Mounts.OfType<BindMount>().Should().Contain(new BindMount("samples/paqueteria/CODE/src", "/app/src", ReadOnly: true));
        live.Find("app")!.Command.Should().Contain(Reload.Program.Path);
    }

    [Fact]
    public async Task E2_the_static_folder_is_the_images_own_and_mounted_with_the_source()
    {
        foreach (var dockerfile in new[] { "Dockerfile", "debian.Dockerfile" })
            File("samples", "paqueteria", "CODE", dockerfile).Should().Contain("COPY --chown=app:app src/static static\n");
        this["app"].Mounts.OfType<BindMount>().Should().BeEmpty();

        var live = await WithAsync("infra:app:\n", "infra:app:\n    liveSource: true\n");

        live.Find("app")!.Mounts.Should().Contain(new BindMount("samples/paqueteria/CODE/src/static", "/app/static", ReadOnly: true));
        live.Find("celery_worker")!.Mounts.Should().NotContain(mount => mount.Target == "/app/static", "only app serves it");
    }

    [
        Fact,
        Deviation(
            "The source is the image's own, see E2. The probe is the age of the worker's heartbeat.",
            Setting = "`infra:app.liveSource: true`, `infra:services.celery_worker.ask: ping`"
        )
    ]
    public void E3_the_worker_takes_five_queues_four_at_a_time()
    {
        var worker = this["celery_worker"];

        worker.Image.Should().Be(this["app"].Image);
        string.Join(' ', worker.Command)
            .Should()
            .Contain("--concurrency=4")
            .And.Contain("--queues=reports,sms,files,maintenance,default")
            .And.Contain("--hostname=worker@%h");
        Volumes("celery_worker").Should().Equal(("uploads_data", "/app/uploads"), ("logs_data", "/app/logs"));
        worker.Health.Should().NotBeNull();
        worker.Ports.Should().BeEmpty();
    }

    [Fact]
    public async Task E3_a_ping_names_the_worker_as_the_document_does() =>
        Probe((await WithAsync("    celery_worker:\n", "    celery_worker:\n      ask: ping\n")).Find("celery_worker")!)
            .Test.Should()
            .Contain("-d \"worker@$(hostname)\"");

    [Fact]
    public void E4_beat_keeps_its_schedule_on_a_volume()
    {
        var beat = this["celery_beat"];

        beat.Image.Should().Be(this["app"].Image);
        string.Join(' ', beat.Command).Should().Contain("--schedule=/app/celerybeat/celerybeat-schedule");
        Volumes("celery_beat").Should().BeEquivalentTo([("celery_beat_data", "/app/celerybeat"), ("logs_data", "/app/logs")]);
        beat.Health.Should().NotBeNull();
    }

    [Fact]
    public void E8_one_network_where_services_are_found_by_name()
    {
        Topology.Networks.Select(network => Topology.Naming.Physical(network.Name)).Should().Equal("paqueteria_v1_prod_network");
        this["app"].Files.Single(file => file.Name == "celery-broker-url").Content.ToString().Should().Be("redis://:<redis-password>@redis:6379/0");
    }

    [Fact]
    public void E9_six_volumes_of_the_documents_names() =>
        Topology
            .Volumes.Select(volume => volume.Name)
            .Should()
            .Equal("celery_beat_data", "grafana_data", "logs_data", "prometheus_data", "redis_data", "uploads_data");

    [Fact]
    public void E10_each_service_starts_after_what_it_needs()
    {
        Order("redis").Should().BeEmpty();
        Order("app").Should().Equal("redis");
        Order("celery_worker").Should().Equal("redis", "app");
        Order("celery_beat").Should().Equal("redis", "app");
        Order("prometheus").Should().Equal("app", "celery_worker");
        Order("grafana").Should().Equal("prometheus");
        Order("node_exporter").Should().BeEmpty();
    }

    [Fact]
    public void E11_every_published_port_is_on_loopback_and_every_secret_is_a_file()
    {
        Topology.Services.SelectMany(service => service.Ports).Should().OnlyContain(port => port.Address == "127.0.0.1").And.NotBeEmpty();
        Topology.Services.SelectMany(service => service.Environment.Values).Should().NotContain(value => value.HasSecrets);
        File(".gitignore").Split('\n').Should().Contain(line => line.TrimStart('/').TrimEnd('/') == ".secrets");
    }

    [Theory]
    [InlineData("redis", "paqueteria_v1_prod_redis")]
    [InlineData("app", "paqueteria_v1_prod_app")]
    [InlineData("celery_worker", "paqueteria_v1_prod_celery")]
    [InlineData("celery_beat", "paqueteria_v1_prod_celery_beat")]
    [InlineData("prometheus", "paqueteria_v1_prod_prometheus")]
    [InlineData("grafana", "paqueteria_v1_prod_grafana")]
    [InlineData("node_exporter", "paqueteria_v1_prod_node_exporter")]
    public void E12_containers_have_the_documents_names(string service, string name) => Topology.Naming.Container(this[service]).Should().Be(name);

    private IEnumerable<(string, string)> Volumes(string service)
        => this[service].Mounts.OfType<VolumeMount>().Select(mount => (mount.Volume.Name, mount.Target));

    private IEnumerable<string> Order(string service)
    {
        this[service].WaitsFor.Should().NotContain(wait => wait.Condition != WaitCondition.Healthy);
        return this[service].WaitsFor.Select(wait => wait.Service);
    }
}
