using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.Targets;

/// <summary>Spells durations as Go does.</summary>
public static partial class GoDuration
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
    public static string Brief(TimeSpan duration)
    {
        var text = Format(duration);
        if (text.EndsWith("m0s", StringComparison.Ordinal)) text = text[..^2];
        return text.EndsWith("h0m", StringComparison.Ordinal) ? text[..^2] : text;
    }

    /// <summary>Reads what Go prints (<c>1m30s</c>, <c>1.5s</c>); nothing where it is no duration.</summary>
    public static TimeSpan? Parse(string text)
    {
        if (text == "0") return TimeSpan.Zero;
        if (Grammar().Match(text) is not { Success: true } match) return null;
        var parts = match.Groups["count"].Captures.Zip(match.Groups["unit"].Captures);
        return TimeSpan.FromTicks(
            parts.Sum(part => (long)(decimal.Parse(part.First.ValueSpan, CultureInfo.InvariantCulture) * TicksOf(part.Second.Value)))
        );
    }

    private static decimal TicksOf(string unit) => unit switch
    {
        "h" => TimeSpan.TicksPerHour,
        "m" => TimeSpan.TicksPerMinute,
        "s" => TimeSpan.TicksPerSecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "ns" => TimeSpan.TicksPerMicrosecond / 1000m,
        _ => TimeSpan.TicksPerMicrosecond,
    };

    // The greatest that one takes: 292 years.
    [GeneratedRegex(@"\A((?<count>\d{1,9}(\.\d{1,9})?)(?<unit>h|ms|m|s|us|µs|ns))+\z")]
    private static partial Regex Grammar();

    private static string Number(double number) => Number((decimal)number);

    private static string Number(decimal number) => number.ToString("0.#######", CultureInfo.InvariantCulture);
}
