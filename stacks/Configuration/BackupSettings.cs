using System.Globalization;
using Infra.Components;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>The daily backup, of a production stack unless it is asked for.</summary>
public sealed record BackupSettings(bool Enabled, TimeOnly At, int Keep)
{
    /// <summary>What the service needs to know.</summary>
    public BackupArgs Args(Naming naming, ServiceSpec database) => new() { Stack = naming.Name, Database = database, At = At, Keep = Keep };

    internal static BackupSettings Read(Section backup, EnvironmentKind? environment)
        => new(backup.Flag("enabled") ?? environment == EnvironmentKind.Prod, Moment(backup), backup.Number("keep", 1, 1000) ?? 7);

    private static TimeOnly Moment(Section backup)
    {
        if (backup.Text("at") is not { } text) return new TimeOnly(3, 0);
        if (TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)) return moment;
        backup.Report("at", $"'{text}' is not a time of the day.", "Write hours and minutes in UTC, in quotes: \"03:00\".");
        return default;
    }
}
