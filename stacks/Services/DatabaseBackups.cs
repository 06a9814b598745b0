using System.Collections.Immutable;
using Infra.Components;
using Infra.Model;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;

namespace Infra.Stacks.Services;

/// <summary>Which databases the daily backup dumps.</summary>
internal static class DatabaseBackups
{
    /// <summary>The backup of each: those that run here, and those that run elsewhere where the settings say so.</summary>
    public static ImmutableArray<(string Name, BackupArgs Args)> Of(Settings settings, StackServices services)
    {
        ImmutableArray<(ServiceSpec Database, External? External)> databases =
        [
            .. services.All.Where(service => service.Kind == Postgres.Kind).Select(service => (service, (External?)null)),
            .. services.Elsewhere.Where(store => store is { IsBackedUp: true, Args: PostgresArgs }).Select(store => (Client(store), store.External)),
        ];
        return
        [
            .. databases.Select(each => (
                BackupSettings.NameOf(each.Database, databases.Select(other => other.Database)),
                settings.Backup.Args(settings.Naming, each.Database) with { External = each.External }
            )),
        ];
    }

    /// <summary>A warning for each store with data that are in no backup, where nobody has said that this is meant.</summary>
    public static IEnumerable<Finding> Review(Settings settings) => Elsewhere(settings).Concat(
        from service in settings.Services
        where settings.Environment == EnvironmentKind.Prod && service.Args is PostgresArgs { Databases.IsEmpty: false }
        select new Finding(
            "SETTINGS",
            Severity.Warning,
            $"infra:{ServicesReader.Key}.{service.Name}.databases",
            $"A backup has '{((PostgresArgs)service.Args).Database}' alone, and none of these.",
            "Give each whose data matter a postgres service of its own, or dump it yourself."
        )
    );

    private static IEnumerable<Finding> Elsewhere(Settings settings) =>
        from service in settings.Services
        where settings.Environment == EnvironmentKind.Prod && service.Args is ExternalStore { IsBackedUp: null }
        select new Finding(
            "SETTINGS",
            Severity.Warning,
            $"infra:{ServicesReader.Key}.{service.Name}",
            "It runs elsewhere, so its data are in no backup of the stack.",
            (service.Args is ExternalStore { Args: PostgresArgs } ? "Write backup: true there for a daily dump, or " : "Write ")
                + "backup: false where whoever runs it backs it up."
        );

    // What dumps it is of its own version at least.
    private static ServiceSpec Client(ExternalStore store)
        => Postgres.Describe(store.External.Name, (PostgresArgs)store.Args) with { Networks = [ProdNetworks.App] };
}
