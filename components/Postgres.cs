using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Components.Programs;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Postgres"/> needs to know.</summary>
public sealed record PostgresArgs
{
    /// <summary>The password of the application's role, and of those that back up and watch.</summary>
    public required Secret Password { get; init; }

    /// <summary>The application's role, which owns its databases and is no superuser. Defaults to <c>app</c>.</summary>
    public string User { get; init; } = "app";

    /// <summary>The database made on first start. Defaults to <c>app</c>.</summary>
    public string Database { get; init; } = "app";

    /// <summary>
    /// Extensions that the superuser creates, because the server does not trust them (<c>postgis</c>).
    /// The application creates the others itself.
    /// </summary>
    public ImmutableArray<string> Extensions { get; init; } = [];

    /// <summary>Further databases of the application's role, made at a start that finds none of their name.</summary>
    public ImmutableArray<string> Databases { get; init; } = [];

    /// <summary>The server's parameters, on its command line: <c>max_connections</c>.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The folder, or the files, of the project that run once as the superuser, on an empty volume.</summary>
    public ImmutableArray<string> InitScripts { get; init; } = [];

    /// <summary>The image; its tag shows the major version, which decides where the data is, or its <see cref="PinnedImage.Major"/> does.</summary>
    public PinnedImage Image { get; init; } = Images.Postgres;

    /// <summary>The volume's name. Defaults to the service's.</summary>
    public string? Volume { get; init; }

    /// <summary>How often and how patiently it is probed; its probe's own way when unset.</summary>
    public ProbeTiming? Timing { get; init; }

    /// <summary>The port on 127.0.0.1; not published when unset.</summary>
    public int? Port { get; init; }

    /// <summary>The networks it is on.</summary>
    public ImmutableArray<NetworkAttachment> Networks { get; init; } = [Network.Default];

    /// <summary>The most memory it may use. Defaults to 512 MiB.</summary>
    public Size Memory { get; init; } = Size.MiB(512);

    /// <summary>The memory kept for it when memory is short; none when unset.</summary>
    public Size? ReservedMemory { get; init; }

    /// <summary>The most processor time it may use. Defaults to 1 core.</summary>
    public Cpu Cpus { get; init; } = Cpu.Cores(1);

    /// <summary>Whether others log in as the roles that have the new password, while it is being rotated. Defaults to no.</summary>
    public bool IsRotating { get; init; }

    /// <summary>How many connections the server takes.</summary>
    public int Connections => PostgresCommand.Connections(Parameters);

    /// <summary>The role that the application logs in as: its own, but while the password is being rotated.</summary>
    public string Login => IsRotating ? Postgres.SecondRoles[0] : User;
}

/// <summary>PostgreSQL with a volume of its own, ready when <c>pg_isready</c> says so over TCP.</summary>
public sealed class Postgres(string name, PostgresArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Postgres";

    /// <summary>The port it listens on.</summary>
    public const int Port = 5432;

    /// <summary>The role for backups: it reads everything and writes nothing.</summary>
    public const string BackupRole = "infra_backup";

    /// <summary>The role for monitoring, with <c>pg_monitor</c>.</summary>
    public const string MonitorRole = "infra_monitor";

    /// <summary>The roles that log in with the new password while it is rotated: those of the application, the dump and the metrics.</summary>
    public static ImmutableArray<string> SecondRoles { get; } = ["infra_owner_next", BackupRole + "_next", MonitorRole + "_next"];

    private const string Superuser = "postgres";

    private const string Preload = "shared_preload_libraries";

    private static readonly ServiceFile Start = new("postgres-start.sh", Script.Read("postgres-start"));

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, PostgresArgs args)
    {
        var password = ServiceFile.For(args.Password);
        var data = PostgresLayout.Folder(Major(name, args.Image));
        var roles = Roles(args);
        return new ServiceSpec(Kind, name)
        {
            Role = ServiceRole.Database,
            Image = args.Image,
            Command = ["sh", Start.Path, .. PostgresCommand.Options(args.Parameters)],
            Environment = roles.Add("POSTGRES_PASSWORD_FILE", password.Path),
            Files = [Start, password],
            Ports = args.Port is { } port ? [new Port(Port, port)] : [],
            Mounts =
            [
                new VolumeMount(new Volume(args.Volume ?? name), data),
                new TmpfsMount("/var/run/postgresql", Size.MiB(16)),
                new TmpfsMount("/tmp", Size.MiB(64)),
                .. args.InitScripts.Select(path => new BindMount(path, PostgresCommand.InitTarget(path), ReadOnly: true)),
            ],
            StatePaths = [data],
            // Over TCP: the socket answers while the init scripts still run.
            Health = HealthCheck.Exec("pg_isready", "-q", "-h", "127.0.0.1", "-U", args.User, "-d", args.Database).At(args.Timing),
            Networks = args.Networks,
            Memory = args.Memory,
            ReservedMemory = args.ReservedMemory,
            Cpus = args.Cpus,
            // Each connection is a process.
            Pids = Math.Max(256, args.Connections + 100),
            // Parallel queries fail with the engine's 64 MiB.
            SharedMemory = Size.MiB(256),
            // SIGINT is Postgres' fast shutdown; SIGTERM would wait for every client.
            StopSignal = "SIGINT",
            StopGrace = TimeSpan.FromSeconds(120),
            User = "postgres",
            Capabilities = Capabilities.Only(),
            ReadOnly = true,
            Endpoint = new Endpoint("postgresql", name, Port)
            {
                User = args.Login,
                Password = args.Password,
                Path = "/" + Uri.EscapeDataString(args.Database),
            },
            Backup = new ServiceBackup(
                $"{name}.dump",
                [.. Script.Command("postgres-dump")],
                [.. Script.Command("postgres-restore", Script.Read("postgres-roles"), Script.Read("postgres-dump"))])
            {
                IsCompressed = true,
                Check = ["pg_restore", "--file=/dev/null"],
                Count = [.. Script.Command("postgres-dump", "count")],
                Companion = new ServiceBackup(
                    $"{name}-roles.sql",
                    [.. Script.Command("postgres-roles")],
                    [.. Script.Command("postgres-roles-restore")]
                )
                {
                    IsCompressed = true,
                },
                Drill = new RestoreDrill(
                    [.. Script.Command("postgres-start", [.. PostgresCommand.Options(args.Parameters.Where(each => each.Key == Preload))])],
                    roles.Add("POSTGRES_HOST_AUTH_METHOD", "trust"),
                    ["pg_isready", "-q", "-h", "127.0.0.1", "-U", args.User, "-d", args.Database]),
            },
            PasswordChange = new PasswordChange(args.Password, [.. Script.Command("postgres-password")])
            {
                Addition = [.. Script.Command("postgres-password", "second")],
                SecondUsers = SecondRoles,
                Check = [.. Script.Command("postgres-password", "check", args.Login)],
                Removal = [.. Script.Command("postgres-password", "remove")],
            },
        };
    }

    /// <summary>The role that a service logs in as, which has one of its own, at this database.</summary>
    /// <param name="endpoint">The database's.</param>
    /// <param name="role">Its own: <see cref="BackupRole"/>, <see cref="MonitorRole"/>.</param>
    internal static string LoginOf(Endpoint endpoint, string role) => endpoint.User == SecondRoles[0] ? role + "_next" : role;

    /// <summary>The application's own role, whoever logs in while the password is being rotated.</summary>
    internal static string OwnerOf(ServiceSpec database) => database.Environment["POSTGRES_OWNER"].ToString();

    private static ImmutableSortedDictionary<string, Template> Roles(PostgresArgs args)
    {
        var roles = Variables.From(
            ("POSTGRES_DB", args.Database),
            ("POSTGRES_OWNER", args.User),
            ("POSTGRES_USER", args.User == Superuser ? "superuser" : Superuser));
        if (!args.Extensions.IsEmpty) roles = roles.Add("POSTGRES_EXTENSIONS", string.Join(' ', args.Extensions));
        if (!args.Databases.IsEmpty) roles = roles.Add("POSTGRES_DATABASES", string.Join(' ', args.Databases));
        // Some extensions are made only where their library is there.
        return args.Parameters.TryGetValue(Preload, out var libraries) ? roles.Add("POSTGRES_PRELOAD", libraries) : roles;
    }

    private static int Major(string name, PinnedImage image) => PostgresLayout.Major(image) ?? throw new ArgumentException(
        $"The Postgres image '{image}' does not tell its major version. Set infra:services.{name}.major to it, such as 18.");
}
