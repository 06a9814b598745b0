using System.Collections.Frozen;
using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>PostgreSQL.</summary>
internal sealed class PostgresKind() : StoreKind<PostgresArgs>("postgres", "PostgreSQL")
{
    protected override PostgresArgs ReadArgs(string service, Section section, KindContext around) => section.Held(
        "image",
        new PostgresArgs
        {
            Password = PasswordOf(service, around),
            Image = Image(section),
            Volume = section.VolumeName(
                "volume",
                "its volume; another one for [another major version](backups.md#another-major-version-of-postgres)",
                "the service's name"
            ),
            User = section.StoreName(
                "user",
                "app",
                longest: 63,
                "the application's role, which owns its databases and is no superuser: [roles](adr/0013-the-application-is-no-superuser.md)"
            ),
            // A restore makes others beside it, with longer names.
            Database = section.StoreName("database", "app", longest: 50, "the application's database"),
            Extensions = section.List(
                "extensions",
                "those that only a superuser may create, such as `postgis` or `pg_stat_statements`; the application creates trusted ones itself"
            ),
            Databases = Databases(section),
            Parameters = section.Parameters(
                "parameters",
                "the server's own, as in postgresql.conf: `{ max_connections: 200, shared_buffers: 256MB }`",
                Own
            ),
            InitScripts = section.InitScripts(
                "initScripts",
                "a folder, or files, of the project that run once, as the superuser: only on an empty volume, in the order of their names"
            ),
            Port = section.Port("port", "the port on 127.0.0.1"),
            Memory = section.MemoryOr("memory", Size.MiB(512)),
            Cpus = section.CpusOr("cpus", Cpu.Cores(1)),
        },
        args => Postgres.Describe(service, args),
        args => args with { Image = Images.Postgres }
    );

    protected override IReadOnlyCollection<string> KeysOfClients => ["user", "database", "image", "major"];

    protected override bool CanBackUpElsewhere => true;

    protected override ServiceSpec Describe(string service, PostgresArgs args) => Postgres.Describe(service, args);

    protected override Secret Password(PostgresArgs args) => args.Password;

    protected override PostgresArgs Rotating(PostgresArgs args, bool isRotating) => args with { IsRotating = isRotating };

    protected override ServiceComponent Make(string name, PostgresArgs args, IServiceHost host) => new Postgres(name, args, host);

    // What the component sets itself, and what would lead it elsewhere.
    private static readonly FrozenSet<string> Own = new[]
    {
        "config_file", "data_directory", "external_pid_file", "hba_file", "ident_file", "listen_addresses", "port", "unix_socket_directories",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static ImmutableArray<string> Databases(Section section) => section.StoreNames(
        "databases",
        longest: 50,
        "further databases of the application's role, made at the next start; a URL leads to one as `{postgres.url/NAME}`. "
            + "The backup has `database` alone"
    );

    private static PinnedImage Image(Section section)
    {
        var image = section.ImageOr("image", Images.Postgres);
        var major = section.Number(
            "major",
            PostgresLayout.OldestMajor,
            PostgresLayout.NewestMajor,
            "Postgres' version where the image's tag does not tell it, as `pg18` and `18-3.6` do: a digest alone, a name of your own",
            "the tag's"
        );
        if (major is null)
            return image;
        if (PostgresLayout.Major(image) is not { } tagged)
            return image with { Major = major };
        if (tagged != major)
            section.Report("major", $"The image '{image}' is Postgres {tagged}, not {major}.", "Remove the setting: the tag tells it.");
        return image;
    }
}
