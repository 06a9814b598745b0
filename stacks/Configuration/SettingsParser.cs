using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Dockerfiles;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Understands a stack's settings, or says everything that is wrong with them.</summary>
public static class SettingsParser
{
    /// <summary>The settings of a stack.</summary>
    /// <exception cref="SettingsException">Any of them is unknown, missing or of the wrong kind.</exception>
    public static Settings Parse(SettingsSource source, string project, string stack)
    {
        List<Finding> findings = [];
        var settings = Read(new Section(source, source.Values, "", findings), source, project, stack);
        if (findings.Count == 0) return settings;
        var error = new SettingsException([.. findings], settings);
        throw error.Sections.Any(section => section is "environment" or "system") ? new SettingsException([.. findings]) : error;
    }

    /// <summary>Every setting that there is, as its path: <c>web.port</c>.</summary>
    public static ImmutableArray<string> Keys()
    {
        var nothing = new SettingsSource("", [], ImmutableHashSet<string>.Empty, ImmutableDictionary<string, (int, int)>.Empty);
        var root = new Section(nothing, nothing.Values, "", []);
        Read(root, nothing, "", "");
        return [.. root.Keys];
    }

    private static Settings Read(Section root, SettingsSource source, string project, string stack)
    {
        var environment = root.Choice<EnvironmentKind>("environment");
        if (environment is null && !source.Values.ContainsKey("environment") && !source.Encrypted.Contains("environment"))
            root.Report("environment", "It is not set.", "Set it to dev or prod.");
        var app = root.Read("app", section => App(section, Building.Read(section, environment), section.Read("build", BuildSettings.Read)));
        var monitoring = root.Read("monitoring", section => MonitoringSettings.Read(section, environment));
        var settings = new Settings
        {
            Naming = new Naming(project, stack, root.Prefix("prefix")),
            Environment = environment ?? EnvironmentKind.Dev,
            Images = root.Choice<ImageSource>("images") ?? ImageSource.Auto,
            Attempt = root.Text("attempt"),
            App = app,
            Web = Web(root),
            Worker = Worker(root),
            Beat = Beat(root),
            Postgres = Postgres(root),
            Redis = Redis(root),
            RabbitMq = RabbitMq(root, monitoring.Enabled),
            Flower = Flower(root),
            Proxy = root.Read("proxy", section => ProxySettings.Read(section, environment)),
            Systems = SystemSettingsReader.Read(root),
            Monitoring = monitoring,
            Backup = root.Read("backup", section => BackupSettings.Read(section, environment)),
            Logging = root.Read("logging", LoggingSettings.Read),
            Probes = root.Each("probes", ProbeSettings.Read),
        };
        ProxySettings.Review(root, settings);
        CoveredCode.Review(root, settings);
        UselessSettings.Review(root, source.Values, settings);
        TakenSettings.Review(root, source.Values, settings);
        foreach (var secret in new[] { Secrets.Postgres, Secrets.Redis, Secrets.RabbitMq, Secrets.Grafana, Secrets.AlertWebhook, Secrets.DeadManWebhook }.Concat(app.Secrets.Values)) root.Allow(secret.Name);
        root.Close();
        root.ReviewStrays();
        return settings;
    }

    private static AppSettings App(Section app, AppImageArgs image, BuildSettings build) => new()
    {
        Image = image,
        Dependencies = app.Existing(image.Context, "requirements*.txt", "poetry.lock", "Pipfile.lock"),
        Entrypoint = app.Entrypoint(image, image.Dockerfile),
        DebianEntrypoint = app.Entrypoint(image, image.DebianDockerfile),
        Directory = app.ContainerPath("directory", "/app"),
        Source = app.Below("source", ["src"]),
        Reload = app.Choice<ReloadMode>("reload") ?? ReloadMode.Mount,
        Reloader = app.Choice<Reloader>("reloader") ?? Reloader.Preload,
        Celery = app.Module("celery", "shop.celery_app"),
        Environment = Variables.Of(app.Named("environment").Select(pair => (pair.Key, (Template)pair.Value))),
        Secrets = app.Variables("secrets").ToImmutableSortedDictionary(variable => variable, Secrets.Of, StringComparer.Ordinal),
        Public = app.Variables("public"),
        Delivery = Delivery(app, build),
        Names = app.Read("variables", names => new ConnectionNames(
            names.Variable("database", "DATABASE_URL"),
            names.Variable("broker", "BROKER_URL"),
            names.Variable("cache", "CACHE_URL"),
            names.Variable("results", "RESULT_BACKEND_URL"),
            names.Text("databaseScheme"))),
        Volumes = app.Volumes("volumes"),
        ReadOnly = app.Flag("readOnly"),
        LiveSource = app.Flag("liveSource") ?? false,
        Build = build,
        Migrate = app.Command("migrate", []),
    };

    private static SecretDelivery Delivery(Section app, BuildSettings build)
    {
        var delivery = app.Choice<SecretDelivery>("delivery") ?? SecretDelivery.File;
        if (delivery == SecretDelivery.File || build.Runtime != ImageRuntime.Distroless) return delivery;
        app.Report("delivery", "Secrets are exported by a shell, and a distroless image has none.", "Set it to file, or infra:app.build's runtime to slim.");
        return SecretDelivery.File;
    }

    private static WebSettings Web(Section root) => root.Read("web", web => new WebSettings(
        web.Command("command", ["uvicorn", "shop.main:app", "--host", "0.0.0.0", "--port", "8000"]),
        web.Port("containerPort") ?? 8000,
        web.Port("port"),
        web.UrlPath("health", "/ready"),
        web.Memory("memory", Size.MiB(512)),
        web.Cpus("cpus", Cpu.Cores(1)),
        web.UrlPath("metrics", "/metrics") is { Length: > 0 } metrics ? metrics : null)
    {
        Probe = web.Choice<HttpProbeKind>("probe") ?? HttpProbeKind.Socket,
        ReservedMemory = web.Memory("reservedMemory"),
        ReservedCpus = web.Cpus("reservedCpus"),
    });

    private static WorkerSettings Worker(Section root) => root.Read("worker", worker => new WorkerSettings
    {
        Command = worker.Command("command", []),
        Concurrency = worker.Number("concurrency", 1, 1000) ?? 2,
        Pool = worker.Pool("pool"),
        Queues = worker.Queues("queues"),
        NodeName = worker.Text("nodeName"),
        Probe = worker.Choice<WorkerProbe>("probe") ?? WorkerProbe.Heartbeat,
        Grace = worker.Seconds("graceSeconds", TimeSpan.FromSeconds(60)),
        Memory = worker.Memory("memory", Size.MiB(512)),
        Cpus = worker.Cpus("cpus", Cpu.Cores(1)),
    });

    private static BeatSettings Beat(Section root) => root.Read("beat", beat => new BeatSettings(
        beat.Command("command", []),
        beat.ContainerPath("schedule", BeatArgs.DefaultScheduleDirectory + "/schedule"),
        beat.Choice<BeatProbe>("probe") ?? BeatProbe.Heartbeat,
        beat.Memory("memory", Size.MiB(256)),
        beat.Cpus("cpus", Cpu.Cores(0.5m)))
    {
        Enabled = beat.Flag("enabled") ?? true,
    });

    private static FlowerSettings Flower(Section root) => root.Read("flower", flower => new FlowerSettings(
        flower.Flag("enabled") ?? false,
        flower.Port("port"),
        flower.Choice<HttpProbeKind>("probe") ?? HttpProbeKind.Socket,
        flower.Memory("memory", Size.MiB(256)),
        flower.Cpus("cpus", Cpu.Cores(0.5m))));

    private static PostgresArgs Postgres(Section root) => root.Read("postgres", postgres => postgres.Held("image", new PostgresArgs
    {
        Password = Secrets.Postgres,
        Image = PostgresImage(postgres),
        Volume = postgres.VolumeName("volume"),
        User = postgres.StoreName("user", "app", longest: 63),
        // A restore makes others beside it, with longer names.
        Database = postgres.StoreName("database", "app", longest: 50),
        Extensions = postgres.List("extensions"),
        Port = postgres.Port("port"),
        Memory = postgres.Memory("memory", Size.MiB(512)),
        Cpus = postgres.Cpus("cpus", Cpu.Cores(1)),
    }, args => Components.Postgres.Describe("postgres", args), args => args with { Image = Images.Postgres }));

    private static PinnedImage PostgresImage(Section postgres)
    {
        var image = postgres.Image("image") ?? Images.Postgres;
        if (postgres.Number("major", PostgresLayout.OldestMajor, PostgresLayout.NewestMajor) is not { } major) return image;
        if (PostgresLayout.Major(image) is not { } told) return image with { Major = major };
        if (told != major) postgres.Report("major", $"The image '{image}' is Postgres {told}, not {major}.", "Remove the setting: the tag tells it.");
        return image;
    }

    private static RedisArgs Redis(Section root) => root.Read("redis", redis => new RedisArgs
    {
        Password = Secrets.Redis,
        Image = redis.Image("image") ?? Images.Redis,
        MaxMemory = redis.Memory("maxMemory", Size.MiB(256)),
        Eviction = redis.Choice<EvictionPolicy>("eviction"),
        Probe = redis.Choice<RedisProbe>("probe") ?? RedisProbe.Ping,
        TimeZone = redis.Text("timeZone"),
        Port = redis.Port("port"),
        Cpus = redis.Cpus("cpus", Cpu.Cores(0.5m)),
    });

    private static RabbitMqArgs RabbitMq(Section root, bool isWatched) => root.Read("rabbitmq", rabbit => new RabbitMqArgs
    {
        Password = Secrets.RabbitMq,
        Image = rabbit.Image("image") ?? Images.RabbitMq,
        User = rabbit.StoreName("user", "app", longest: 63),
        Port = rabbit.Port("port"),
        ManagementPort = rabbit.Port("managementPort"),
        Memory = rabbit.Memory("memory", Size.MiB(512)),
        // Everything else waits for its boot, so it offers none that nobody asks for.
        Metrics = rabbit.Flag("metrics") ?? isWatched,
        Cpus = rabbit.Cpus("cpus", Cpu.Cores(1)),
    });
}
