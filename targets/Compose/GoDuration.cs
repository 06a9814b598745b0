using System.Globalization;

namespace Infra.Targets.Compose;

/// <summary>Writes times as Compose reads them: <c>1m30s</c>, <c>250ms</c>.</summary>
internal static class GoDuration
{
    public static string Of(TimeSpan time)
    {
        if (time == TimeSpan.Zero) return "0s";
        var parts = new (long Count, string Unit)[]
        {
            ((long)time.TotalHours, "h"), (time.Minutes, "m"), (time.Seconds, "s"),
            (time.Milliseconds, "ms"), ((time.Ticks % TimeSpan.TicksPerMillisecond) / TimeSpan.TicksPerMicrosecond, "us"),
        };
        return string.Concat(parts.Where(part => part.Count != 0).Select(part => part.Count.ToString(CultureInfo.InvariantCulture) + part.Unit));
    }
}
