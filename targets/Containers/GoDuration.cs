using System.Globalization;

namespace Infra.Targets.Containers;

/// <summary>Spells durations exactly as Go prints them: the provider reads them back so, and any other spelling is a difference.</summary>
internal static class GoDuration
{
    /// <summary><c>250ms</c>, <c>10s</c>, <c>1m30s</c>, <c>1h0m0s</c>.</summary>
    public static string Of(TimeSpan duration)
    {
        if (duration == TimeSpan.Zero) return "0s";
        if (duration < TimeSpan.FromMilliseconds(1)) return Number(duration.TotalMicroseconds) + "µs";
        if (duration < TimeSpan.FromSeconds(1)) return Number(duration.TotalMilliseconds) + "ms";
        var hours = (long)duration.TotalHours;
        var seconds = Number(duration.Seconds + ((duration.Ticks % TimeSpan.TicksPerSecond) / (decimal)TimeSpan.TicksPerSecond)) + "s";
        if (duration < TimeSpan.FromMinutes(1)) return seconds;
        var minutes = duration.Minutes.ToString(CultureInfo.InvariantCulture) + "m" + seconds;
        return hours == 0 ? minutes : hours.ToString(CultureInfo.InvariantCulture) + "h" + minutes;
    }

    private static string Number(double number) => Number((decimal)number);

    private static string Number(decimal number) => number.ToString("0.#######", CultureInfo.InvariantCulture);
}
