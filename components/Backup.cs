using System.Collections.Immutable;
using System.Globalization;
using Infra.Components.Programs;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Backup"/> needs to know.</summary>
public sealed record BackupArgs
{
    /// <summary>The stack's name, for the manifests: <c>{project}-{stack}</c>.</summary>
    public required string Stack { get; init; }

    /// <summary>The database; its image has the programs that dump it.</summary>
    public required ServiceSpec Database { get; init; }

    /// <summary>The database where it runs elsewhere: <see cref="Database"/> then is only what dumps it. None when unset.</summary>
    public External? External { get; init; }

    /// <summary>When, each day, in UTC. Defaults to 03:00.</summary>
    public TimeOnly At { get; init; } = new(3, 0);

    /// <summary>How many are kept. Defaults to 7.</summary>
    public int Keep { get; init; } = 7;
}

/// <summary>
/// Dumps the database once a day onto a volume of its own, in the form of <c>./infra.sh backup</c>; the first time at once, and
/// after a downtime as soon as it is back. Unhealthy when the last try failed, or the last success is too old.
/// </summary>
public sealed class Backup(string name, BackupArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Backup";

    /// <summary>The folder of the backups in such a service.</summary>
    public static string FolderOf(ServiceSpec service) => service.Mounts.OfType<VolumeMount>().Single().Target;

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, BackupArgs args)
    {
        var endpoint =
            args.External?.Endpoint
            ?? args.Database.Endpoint
            ?? throw new ArgumentException($"'{args.Database.Name}' offers no address, so '{name}' cannot dump it.");
        var password = ServiceFile.For(
            endpoint.Password ?? throw new ArgumentException($"'{args.Database.Name}' has no password, so '{name}' cannot dump it.")
        );
        var program = new ServiceFile("backup.sh", Script.Read("backup"));
        var dump = new ServiceFile("postgres-dump.sh", Script.Read("postgres-dump"));
        var roles = new ServiceFile("postgres-roles.sh", Script.Read("postgres-roles"));
        // The image's own data folder belongs to its user, and a new volume there takes that over: root is not needed.
        var folder = args.Database.StatePaths[0];
        return new ServiceSpec(Kind, name)
        {
            Role = ServiceRole.Other,
            Image = args.Database.Image,
            Command = ["sh", program.Path],
            Environment = Encryption(endpoint).SetItems(Variables.From(
                ("BACKUP_AT", args.At.ToString("HH:mm", CultureInfo.InvariantCulture)),
                ("BACKUP_DUMP", dump.Path),
                ("BACKUP_FILE", args.Database.Backup!.File),
                ("BACKUP_FOLDER", folder),
                ("BACKUP_KEEP", args.Keep.ToString(CultureInfo.InvariantCulture)),
                ("BACKUP_NAME", args.Database.Name),
                ("BACKUP_PASSWORD_FILE", password.Path),
                ("BACKUP_ROLES", roles.Path),
                ("BACKUP_ROLES_FILE", args.Database.Backup!.Companion!.File),
                ("BACKUP_STACK", args.Stack),
                ("PGDATABASE", Uri.UnescapeDataString(endpoint.Path.TrimStart('/'))),
                ("PGHOST", endpoint.Host),
                ("PGPORT", endpoint.Port.ToString(CultureInfo.InvariantCulture)),
                ("PGUSER", args.External is null ? Postgres.LoginOf(endpoint, Postgres.BackupRole) : endpoint.User))),
            Files = [program, dump, roles, password, .. args.External?.Files ?? []],
            Externals = args.External is null ? [] : [args.External],
            Mounts =
            [
                new VolumeMount(new Volume("backups") { LeftOut = "dumps are what a backup is made of" }, folder),
                new TmpfsMount("/tmp", Size.MiB(16)),
                new TmpfsMount("/var/run/postgresql", Size.MiB(1)),
            ],
            Networks = args.Database.Networks,
            WaitsFor = args.External is null ? [args.Database.AsWait()] : [],
            Health = HealthCheck.Exec("sh", program.Path, "healthy") with { Interval = TimeSpan.FromSeconds(30), Retries = 1 },
            Memory = Size.MiB(256),
            ReservedMemory = Size.MiB(128),
            Cpus = Cpu.Cores(0.5m),
            Pids = 64,
            // The image's own signal is for its server.
            StopSignal = "SIGTERM",
            User = args.Database.User,
            Capabilities = Capabilities.Only(),
            ReadOnly = true,
        };
    }

    // libpq has a variable for each of these: PGSSLMODE, PGSSLROOTCERT.
    private static ImmutableSortedDictionary<string, Template> Encryption(Endpoint endpoint)
    {
        var variables = Variables.None.ToBuilder();
        foreach (var pair in endpoint.Query.Split('&', StringSplitOptions.RemoveEmptyEntries))
            if (pair.Split('=', 2) is [var name, var value]) variables["PG" + name.ToUpperInvariant()] = value;
        return variables.ToImmutable();
    }
}
