using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Reads what database, cache and broker are like.</summary>
internal static class StoreSettings
{
    private const string OnLoopback = "the port on 127.0.0.1";

    public static PostgresArgs Postgres(Section root) =>
        root.Read(
            "postgres",
            "PostgreSQL",
            postgres =>
                postgres.Held(
                    "image",
                    new PostgresArgs
                    {
                        Password = Secrets.Postgres,
                        Image = PostgresImage(postgres),
                        Volume = postgres.VolumeName(
                            "volume",
                            "its volume; another one for [another major version](backups.md#another-major-version-of-postgres)",
                            "the service's name"
                        ),
                        User = postgres.StoreName(
                            "user",
                            "app",
                            longest: 63,
                            "the application's role, which owns its databases and is no superuser: "
                                + "[roles](adr/0013-the-application-is-no-superuser.md)"
                        ),
                        // A restore makes others beside it, with longer names.
                        Database = postgres.StoreName("database", "app", longest: 50, "the application's database"),
                        Extensions = postgres.List(
                            "extensions",
                            "those that only a superuser may create, such as `postgis` or `pg_stat_statements`; "
                                + "the application creates trusted ones itself"
                        ),
                        Port = postgres.Port("port", OnLoopback),
                        Memory = postgres.MemoryOr("memory", Size.MiB(512)),
                        Cpus = postgres.CpusOr("cpus", Cpu.Cores(1)),
                    },
                    args => Components.Postgres.Describe("postgres", args),
                    args => args with { Image = Images.Postgres }
                ),
            StackKinds.All & ~StackKinds.Paqueteria
        );

    private static PinnedImage PostgresImage(Section postgres)
    {
        var image = postgres.ImageOr("image", Images.Postgres);
        if (
            postgres.Number(
                "major",
                PostgresLayout.OldestMajor,
                PostgresLayout.NewestMajor,
                "Postgres' version where the image's tag does not tell it, as `pg18` and `18-3.6` do: a digest alone, a name of your own",
                "the tag's"
            )
            is not { } major
        )
            return image;
        if (PostgresLayout.Major(image) is not { } version)
            return image with { Major = major };
        if (version != major)
            postgres.Report("major", $"The image '{image}' is Postgres {version}, not {major}.", "Remove the setting: the tag shows it.");
        return image;
    }

    public static RedisArgs Redis(Section root) => root.Read("redis", "Redis, the cache and Celery's result backend", redis => new RedisArgs
    {
        Password = Secrets.Redis,
        Image = redis.ImageOr("image", Images.Redis),
        MaxMemory = redis.MemoryOr("maxMemory", Size.MiB(256), "the most that its data may take; it gets twice as much, since saving forks"),
        Eviction = redis.Choice<EvictionPolicy>("eviction", "what goes when memory is full", "`volatile-lru`; `no-eviction` where it is the broker"),
        Probe = redis.ChoiceOr("probe", RedisProbe.Ping, "`ping`, or `incr`, which writes"),
        TimeZone = redis.Text("timeZone", "its time zone", "the image's"),
        Port = redis.Port("port", OnLoopback),
        Cpus = redis.CpusOr("cpus", Cpu.Cores(0.5m)),
    });

    public static RabbitMqArgs RabbitMq(Section rabbit, bool isWatched) => new()
    {
        Password = Secrets.RabbitMq,
        Image = rabbit.ImageOr("image", Images.RabbitMq),
        User = rabbit.StoreName("user", "app", longest: 63, "the application's user"),
        Port = rabbit.Port("port", OnLoopback),
        ManagementPort = rabbit.Port("managementPort", "the port of its pages on 127.0.0.1", "none: the pages are off"),
        Memory = rabbit.MemoryOr("memory", Size.MiB(512)),
        // Everything else waits for its boot, so it offers none unless they are needed.
        Metrics = rabbit.Flag("metrics", "whether it offers metrics", "as `infra:monitoring`'s `enabled`") ?? isWatched,
        Cpus = rabbit.CpusOr("cpus", Cpu.Cores(1)),
    };
}
