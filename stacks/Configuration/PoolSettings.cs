using Infra.Components;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>A pool before a database, where the arguments of its component would be: those are known once the database is.</summary>
/// <param name="Database">The database's name.</param>
/// <param name="Connections">How many connections of the database's it takes.</param>
/// <param name="Args">Its arguments before that database, which may run elsewhere.</param>
public sealed record PoolSettings(string Database, int Connections, Func<ServiceSpec, External?, object> Args)
{
    // A dump, the exporter, a migration that goes past the pool, and the few that a superuser keeps.
    private const int Others = 10;

    /// <summary>Notes pools that would take more than their databases have.</summary>
    internal static void Review(Section root, Settings settings)
    {
        foreach (var service in settings.Services)
            if (service.Args is PoolSettings pool && settings.Service(pool.Database)?.Args is PostgresArgs database
                && pool.Connections + Others > database.Connections)
                root.Report(
                    $"{ServicesReader.Key}.{service.Name}.poolSize",
                    FormattableString.Invariant(
                        $"{pool.Database} takes {database.Connections} connections, and {Others} are left to what goes past the pool."),
                    FormattableString.Invariant($"Write at most {Math.Max(1, database.Connections - Others)}, or raise ")
                        + $"infra:{ServicesReader.Key}.{pool.Database}.parameters.max_connections."
                );
    }
}
