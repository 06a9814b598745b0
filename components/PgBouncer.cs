using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Components.Programs;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="PgBouncer"/> needs to know.</summary>
public sealed record PgBouncerArgs
{
    /// <summary>The Postgres behind it; its address, its user, its password and its wait come along.</summary>
    public required ServiceSpec Database { get; init; }

    /// <summary>The Postgres where it runs elsewhere: <see cref="Database"/> is then what it would be here. None when unset.</summary>
    public External? External { get; init; }

    /// <summary>How long a client keeps a connection. Defaults to a transaction.</summary>
    public PoolMode Mode { get; init; }

    /// <summary>The most connections to the server, for each database. Defaults to 20.</summary>
    public int PoolSize { get; init; } = 20;

    /// <summary>The most clients at a time; those without a connection wait for one, up to 2 minutes. Defaults to 1000.</summary>
    public int MaxClients { get; init; } = 1000;

    /// <summary>Further lines of pgbouncer.ini; one of the component's own gives way.</summary>
    public ImmutableSortedDictionary<string, string> Parameters { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The image.</summary>
    public PinnedImage Image { get; init; } = Images.PgBouncer;

    /// <summary>How often and how patiently it is probed; its probe's own way when unset.</summary>
    public ProbeTiming? Timing { get; init; }

    /// <summary>The port on 127.0.0.1; not published when unset.</summary>
    public int? Port { get; init; }

    /// <summary>The networks it is on.</summary>
    public ImmutableArray<NetworkAttachment> Networks { get; init; } = [Network.Default];

    /// <summary>The most memory it may use. Defaults to 128 MiB.</summary>
    public Size Memory { get; init; } = Size.MiB(128);

    /// <summary>The most processor time it may use; it is one thread. Defaults to 1 core.</summary>
    public Cpu Cpus { get; init; } = Cpu.Cores(1);
}

/// <summary>PgBouncer before a Postgres, in its place for those that are led to it: many clients share a few connections.</summary>
public sealed class PgBouncer(string name, PgBouncerArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:PgBouncer";

    /// <summary>The port it listens on.</summary>
    public const int Port = 6432;

    // Each client is a file, and each connection to the server.
    private const int FurtherFiles = 1024;

    private static readonly ServiceFile Start = new("pgbouncer-start.sh", Script.Read("pgbouncer-start"));

    /// <summary>The service that these arguments make.</summary>
    /// <exception cref="ArgumentException">The database has no address with a password.</exception>
    public static ServiceSpec Describe(string name, PgBouncerArgs args)
    {
        var server = args.External?.Endpoint ?? args.Database.Endpoint;
        if (server?.Password is not { } secret)
            throw new ArgumentException($"'{args.Database.Name}' offers no address with a password, so '{name}' cannot stand before it.");
        var password = ServiceFile.For(secret);
        var configuration = new ServiceFile(
            "pgbouncer.ini",
            PgBouncerConfiguration.Write(server, Port, args.Mode, args.PoolSize, args.MaxClients, args.Parameters)
        );
        // The user of the database's own, whoever the URL names while the password is being rotated.
        var user = Postgres.OwnerOf(args.Database);
        return new ServiceSpec(Kind, name)
        {
            Role = ServiceRole.Pool,
            Image = args.Image,
            // The image's own writes into its root.
            Entrypoint = ["sh", Start.Path],
            Command = ["pgbouncer", configuration.Path],
            Environment = Variables.From(("PGBOUNCER_USER", user), ("PGBOUNCER_PASSWORD_FILE", password.Path)),
            Files = [Start, configuration, password, .. args.External?.Files ?? []],
            Ports = args.Port is { } port ? [new Port(Port, port)] : [],
            Mounts = [new TmpfsMount("/tmp", Size.MiB(16))],
            // Whether it answers itself: whether the server does is the server's own probe.
            Health = HealthCheck.Exec("pg_isready", "-q", "-h", "127.0.0.1", "-p", $"{Port}", "-U", user, "-d", Name(server)).At(args.Timing),
            WaitsFor = args.External is null ? [args.Database.AsWait()] : [],
            Externals = args.External is null ? [] : [args.External],
            Networks = args.Networks,
            Memory = args.Memory,
            Cpus = args.Cpus,
            Pids = 64,
            Ulimits = OpenFiles(args.MaxClients),
            // SIGINT lets transactions come to their end; SIGTERM would wait until every client has left.
            StopSignal = "SIGINT",
            StopGrace = TimeSpan.FromSeconds(30),
            User = "postgres",
            Capabilities = Capabilities.Only(),
            ReadOnly = true,
            Endpoint = new Endpoint(server.Scheme, name, Port) { User = server.User, Password = secret, Path = server.Path },
            PasswordChange = args.Database.PasswordChange is not { } change || args.External is not null
                ? null
                : new PasswordChange(secret, [.. Script.Command("pgbouncer-password", user)])
                {
                    Addition = [.. Script.Command("pgbouncer-password", user, "second")],
                    SecondUsers = change.SecondUsers,
                    Check = [.. Script.Command("pgbouncer-password", user, "check", server.User)],
                    Removal = [.. Script.Command("pgbouncer-password", user, "remove")],
                },
        };
    }

    private static string Name(Endpoint server) => Uri.UnescapeDataString(server.Path.TrimStart('/'));

    private static ImmutableSortedDictionary<string, Ulimit> OpenFiles(int clients) => ImmutableSortedDictionary.CreateRange(
        StringComparer.Ordinal, [KeyValuePair.Create("nofile", new Ulimit(clients + FurtherFiles, clients + FurtherFiles))]);
}
