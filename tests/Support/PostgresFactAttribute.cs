namespace Infra.Tests.Support;

/// <summary>A fact that runs a PostgreSQL server of this machine; skipped, with the reason, where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PostgresFactAttribute : FactAttribute
{
    /// <summary>The folder of the server's programs.</summary>
    public static string? Programs { get; } =
        Directory.Exists("/usr/lib/postgresql")
            ? Directory
                .GetDirectories("/usr/lib/postgresql")
                .Select(folder => Path.Combine(folder, "bin"))
                .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
                .Max()
            : null;

    public PostgresFactAttribute() => Skip = Programs is null ? "There is no PostgreSQL server on this machine." : null;
}
