using System.Globalization;
using Infra.Components;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>The daily backup, of a production stack unless it is asked for.</summary>
public sealed record BackupSettings(bool Enabled, TimeOnly At, int Keep)
{
    /// <summary>What the service needs to know.</summary>
    public BackupArgs Args(Naming naming, ServiceSpec database) => new() { Stack = naming.Name, Database = database, At = At, Keep = Keep };

    /// <summary>The service's name: <c>backup</c>, and after the database where there are several.</summary>
    public static string NameOf(ServiceSpec database, IEnumerable<ServiceSpec> services) =>
        services.Count(service => service.Kind == database.Kind) == 1 ? "backup" : $"backup-{database.Name}";

    private const StackKinds Stacks = StackKinds.Prod | StackKinds.CreatorHub;

    internal static BackupSettings Read(Section backup, EnvironmentKind? environment) =>
        new(
            backup.Flag("enabled", "whether it is taken, as a dump of the database onto the volume `backups`", "`true` in prod", Stacks)
                ?? environment == EnvironmentKind.Prod,
            Moment(backup),
            backup.NumberOr("keep", 7, 1, 1000, "how many of them are kept", Stacks));

    private static TimeOnly Moment(Section backup)
    {
        if (backup.Text("at", "when, in UTC, also of `backup --timer`", "`\"03:00\"`") is not { } text) return new TimeOnly(3, 0);
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)) return moment;
        backup.Report("at", $"'{text}' is not a time of the day.", "Write hours and minutes in UTC, in quotes: \"03:00\".");
        return default;
    }
}
