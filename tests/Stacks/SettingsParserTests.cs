using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

public sealed class SettingsParserTests
{
    private const string Everything = """
        config:
          aws:region: eu-central-1
          infra:environment: prod
          infra:images: debian
          infra:prefix: mine-
          infra:attempt: 2
          infra:app:
            context: site
            dockerfile: docker/Dockerfile
            debianDockerfile: docker/debian.Dockerfile
            target: runtime
            args: {VERSION: 3}
            tag: acme/shop:1
            directory: /srv
            source: [src, lib]
            reload: sync
            celery: site.celery
            environment: {LOG_LEVEL: info, DEBUG: true, EMPTY: }
            secrets: [STRIPE_KEY]
            delivery: export
            volumes: {media: /srv/media}
            readOnly: false
          infra:proxy:
            {enabled: false, sites: {shop.example.com: {maxBody: 1MiB, hidden: [/private]}}, email: ops@example.com, httpPort: 81,
            httpsPort: 444, memory: 64MiB, cpus: 0.5}
          infra:services:
            migrations: {kind: step, command: python3 manage.py migrate}
            web: {command: "gunicorn 'a b'", containerPort: 9000, port: 80, health: /up, memory: 1GiB, cpus: 2}
            worker: {concurrency: 8, pool: threads, queues: [a, b], ask: ping, graceSeconds: 90, memory: 2GiB, cpus: 1.5}
            beat: {command: celery beat, memory: 128MiB, cpus: 0.25}
            flower: {port: 5555, memory: 200MiB, cpus: 0.1}
            postgres: {image: "postgres:16.4", user: shop, database: orders, extensions: [postgis], port: 5432, memory: 768MiB, cpus: 3}
            redis: {image: "redis:7.4", maxMemory: 64MiB, eviction: all-keys-lru, port: 6379, cpus: 0.2}
            rabbitmq: {image: "rabbitmq:4.0", user: mq, port: 5672, managementPort: 15672, memory: 640MiB, cpus: 0.7}
          infra:postgres-password: plain
          infra:stripe-key: {secure: v1:abc}

        """;

    private readonly Settings all = SettingsOf.Text(Everything, "alice-dev");

    [Fact]
    public void A_stack_is_called_as_its_owner_likes_and_its_kind_is_a_setting()
    {
        all.Naming.Should().Be(new Naming("shop", "alice-dev", "mine-"));
        all.Environment.Should().Be(EnvironmentKind.Prod);
        all.Images.Should().Be(ImageSource.Debian);
        all.Attempt.Should().Be("2");
    }

    [Fact]
    public void The_applications_image_is_read() => all.App.Image.Should().BeEquivalentTo(new AppImageArgs
    {
        Context = "site",
        Dockerfile = "docker/Dockerfile",
        DebianDockerfile = "docker/debian.Dockerfile",
        Target = "runtime",
        Args = all.App.Image.Args,
        Tag = "acme/shop:1",
    });

    [Fact]
    public void A_published_image_is_read() =>
        SettingsOf
            .Text("config: {infra:environment: dev, infra:app: {image: ghcr.io/acme/shop:2.4.1}}")
            .App.Image.Published.Should()
            .Be(new PinnedImage("ghcr.io/acme/shop", "2.4.1"));

    [Fact]
    public void The_application_is_read()
    {
        all.App.Image.Args.Should().Equal(new Dictionary<string, string> { ["VERSION"] = "3" });
        (all.App.Directory, all.App.Celery, all.App.Reload, all.App.Process.Delivery, all.App.ReadOnly).Should()
            .Be(("/srv", "site.celery", ReloadMode.Sync, (SecretDelivery?)SecretDelivery.Export, false));
        all.App.Source.Should().Equal("src", "lib");
        all.App.Process.Volumes.Should().Equal(new VolumeMount(new Volume("media"), "/srv/media"));
    }

    [Fact]
    public void The_proxy_and_the_step_before_the_code_serves_are_read()
    {
        all.Args<MigrationsArgs>("migrations").Command.Should().Equal("python3", "manage.py", "migrate");
        var site = all.Proxy.Args.Sites.Should().ContainSingle().Subject;
        (all.Proxy.Enabled, site.Name, all.Proxy.Args.Email, all.Proxy.Args.HttpPort, all.Proxy.Args.HttpsPort)
            .Should()
            .Be((false, "shop.example.com", "ops@example.com", 81, 444));
        (site.MaxBody, all.Proxy.Args.Memory, all.Proxy.Args.Cpus, all.Proxy.Args.Image)
            .Should()
            .Be((Size.MiB(1), Size.MiB(64), Cpu.Cores(0.5m), Images.Caddy));
        site.Hidden.Should().Equal("/private");
    }

    [Fact]
    public void Variables_and_secrets_of_ones_own_are_settings_too()
    {
        all.App.Process.Environment.Select(pair => $"{pair.Key}={pair.Value}").Should().Equal("DEBUG=true", "EMPTY=", "LOG_LEVEL=info");
        all.App.Process.Secrets.Should().Equal(new Dictionary<string, Secret> { ["STRIPE_KEY"] = new("stripe-key") });
    }

    [Fact]
    public void The_web_service_is_read()
    {
        all.Args<WebArgs>("web").Command.Should().Equal("gunicorn", "a b");
        var web = all.Args<WebArgs>("web");
        (web.ContainerPort, web.Port, web.HealthPath, web.Memory, web.Cpus, web.MetricsPath)
            .Should()
            .Be((9000, 80, "/up", Size.GiB(1), Cpu.Cores(2), "/metrics"));
    }

    [Fact]
    public void The_worker_is_read()
    {
        all.Args<WorkerArgs>("worker").Command.Should().BeEmpty();
        all.Args<WorkerArgs>("worker").Queues.Should().Equal("a", "b");
        (
            all.Args<WorkerArgs>("worker").Concurrency,
            all.Args<WorkerArgs>("worker").Pool,
            all.Args<WorkerArgs>("worker").Probe,
            all.Service("worker")!.Runtime.Grace,
            all.Args<WorkerArgs>("worker").Memory,
            all.Args<WorkerArgs>("worker").Cpus
        )
            .Should()
            .Be((8, "threads", WorkerProbe.Ping, (TimeSpan?)TimeSpan.FromSeconds(90), Size.GiB(2), Cpu.Cores(1.5m)));
    }

    [Fact]
    public void Beat_and_Flower_are_read()
    {
        all.Args<BeatArgs>("beat").Command.Should().Equal("celery", "beat");
        (all.Args<BeatArgs>("beat").Memory, all.Args<BeatArgs>("beat").Cpus).Should().Be((Size.MiB(128), Cpu.Cores(0.25m)));
        var flower = all.Args<FlowerArgs>("flower");
        (flower.Port, flower.Probe, flower.Memory, flower.Cpus).Should().Be((5555, HttpProbeKind.Socket, Size.MiB(200), Cpu.Cores(0.1m)));
    }

    [Fact]
    public void The_stores_are_read()
    {
        all.Args<PostgresArgs>("postgres").Should().BeEquivalentTo(new PostgresArgs
        {
            Password = Secrets.Postgres,
            Image = new PinnedImage("postgres", "16.4"),
            User = "shop",
            Database = "orders",
            Extensions = ["postgis"],
            Port = 5432,
            Memory = Size.MiB(768),
            Cpus = Cpu.Cores(3),
        });
        all.Args<RedisArgs>("redis").Should().BeEquivalentTo(new RedisArgs
        {
            Password = Secrets.Redis,
            Image = new PinnedImage("redis", "7.4"),
            MaxMemory = Size.MiB(64),
            Eviction = EvictionPolicy.AllKeysLru,
            Port = 6379,
            Cpus = Cpu.Cores(0.2m),
        });
        all.Args<RabbitMqArgs>("rabbitmq").Should().BeEquivalentTo(new RabbitMqArgs
        {
            Password = Secrets.RabbitMq,
            Image = new PinnedImage("rabbitmq", "4.0"),
            User = "mq",
            Port = 5672,
            ManagementPort = 15672,
            Memory = Size.MiB(640),
            Cpus = Cpu.Cores(0.7m),
        });
    }

    [Fact]
    public void Nothing_but_the_kind_must_be_set()
    {
        var least = SettingsOf.Text("config: {infra:environment: dev}");

        (least.Environment, least.Images, least.Attempt, least.Naming)
            .Should()
            .Be((EnvironmentKind.Dev, ImageSource.Auto, (string?)null, new Naming("shop", "dev")));
        (least.App.Image.Context, least.App.Directory, least.App.Reload, least.App.Process.Delivery)
            .Should()
            .Be(("app", "/app", ReloadMode.Mount, (SecretDelivery?)null));
        var web = least.Args<WebArgs>("web");
        (web.ContainerPort, web.Port, web.HealthPath, least.Args<WorkerArgs>("worker").Concurrency).Should().Be((8000, (int?)null, "/ready", 2));
        least.Args<PostgresArgs>("postgres").Image.Should().Be(Images.Postgres);
    }

    [Fact]
    public async Task The_lists_of_dependencies_that_are_there_are_watched()
    {
        using var root = new TemporaryRoot();
        Directory.CreateDirectory(Path.Combine(root.Path, "site"));
        foreach (var name in new[] { "requirements.txt", "requirements-dev.txt", "Pipfile.lock", "notes.txt" })
            File.WriteAllText(Path.Combine(root.Path, "site", name), "");
        var source = SettingsOf.Source("config: {infra:environment: dev, infra:app: {context: site}, infra:services: {web: {}}}") with
        {
            Root = root.Path,
        };

        var topology = await StackFactory.GatherAsync(SettingsParser.Parse(source, "shop", "dev"));

        topology
            .Find("web")!
            .Watch.Select(rule => rule.Path)
            .Should()
            .Equal(
                new[] { "Dockerfile", "uv.lock", "pyproject.toml", "requirements-dev.txt", "requirements.txt", "Pipfile.lock" }.Select(name =>
                    "site/" + name
                )
            );
    }
}
