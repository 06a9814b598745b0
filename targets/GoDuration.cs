using System.Globalization;

namespace Infra.Targets;

/// <summary>Spells durations as Go does.</summary>
internal static class GoDuration
{
    /// <summary>
    /// Exactly as Go prints them: <c>250ms</c>, <c>1m30s</c>, <c>1h0m0s</c>.
    /// The provider reads them back so, and any other spelling is a difference.
    /// </summary>
    public static string Format(TimeSpan duration)
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

    /// <summary>As a person writes them, without parts that are nought at the end: <c>1h</c>, <c>2m</c>.</summary>
    public static string Short(TimeSpan duration)
    {
        var text = Format(duration);
        if (text.EndsWith("m0s", StringComparison.Ordinal)) text = text[..^2];
        return text.EndsWith("h0m", StringComparison.Ordinal) ? text[..^2] : text;
    }

    private static string Number(double number) => Number((decimal)number);

    private static string Number(decimal number) => number.ToString("0.#######", CultureInfo.InvariantCulture);
}
