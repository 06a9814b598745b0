using System.Collections.Frozen;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>PgBouncer.</summary>
internal sealed class PgBouncerKind() : RunnableKind(
    "pgbouncer",
    "PgBouncer before a Postgres: what is led to it shares a few connections, with the user, the password and the database of that"
)
{
    public override IReadOnlyCollection<string> Attributes => [.. OfServers, "user", "password", "name"];

    internal override object Read(string service, Section section, KindContext around)
    {
        var image = section.ImageOr("image", Images.PgBouncer);
        var database = Database(section, around);
        var mode = section.ChoiceOr(
            "mode",
            PoolMode.Transaction,
            "how long a client keeps a connection: for a `transaction`, whose `SET`, `LISTEN` and session locks are lost after it; for its "
                + "`session`; for a `statement`"
        );
        var size = section.NumberOr("poolSize", 20, 1, 10000, "the most connections to Postgres, for each database");
        var clients = section.NumberOr("maxClients", 1000, 1, 100000, "the most clients at a time; a query waits up to 2 minutes for a connection");
        var parameters = section.Parameters(
            "parameters",
            "further lines of pgbouncer.ini: `{ query_wait_timeout: 30, ignore_startup_parameters: extra_float_digits }`",
            Own
        );
        var port = section.Port("port", "the port on 127.0.0.1");
        var memory = section.MemoryOr("memory", Size.MiB(128));
        var cpus = section.CpusOr("cpus", Cpu.Cores(1));
        return new PoolSettings(database, size, (spec, external) => new PgBouncerArgs
        {
            Database = spec,
            External = external,
            Image = image,
            Mode = mode,
            PoolSize = size,
            MaxClients = clients,
            Parameters = parameters,
            Port = port,
            Memory = memory,
            Cpus = cpus,
        });
    }

    public override ServiceComponent Make(ServiceSettings settings, IServiceHost host)
        => new PgBouncer(settings.Name, (PgBouncerArgs)settings.Args, host);

    // What has a setting, or makes the pool what it is.
    private static readonly FrozenSet<string> Own = new[]
    {
        "auth_file", "auth_hba_file", "auth_query", "auth_type", "auth_user", "default_pool_size", "listen_addr", "listen_port", "logfile",
        "max_client_conn", "pidfile", "pool_mode", "server_tls_ca_file", "server_tls_sslmode", "unix_socket_dir", "user",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static string Database(Section section, KindContext around)
    {
        var names = around.Databases;
        if (section.Text("of", "the `postgres` that it stands before, here or elsewhere", "the only one") is { } written)
        {
            if (!names.Contains(written))
                section.Report(
                    "of",
                    $"There is no postgres '{written}'.",
                    names.IsEmpty ? "Name one in infra:services." : Nearest.HintOr(written, names, $"There is: {string.Join(", ", names)}.")
                );
            return written;
        }

        if (section.IsWritten && names.Length != 1)
            section.Report(
                "of",
                names.IsEmpty ? "There is no postgres that it could stand before." : "It does not say which postgres it stands before.",
                names.IsEmpty ? "Name one in infra:services." : $"Write one of {string.Join(", ", names)}."
            );
        return names.FirstOrDefault() ?? "postgres";
    }
}
