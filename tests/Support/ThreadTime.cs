using System.Diagnostics;
using System.Globalization;

namespace Infra.Tests.Support;

/// <summary>How long this thread itself computed, which a busy machine does not lengthen. The clock's time where the system does not tell.</summary>
internal static class ThreadTime
{
    private const string Schedule = "/proc/thread-self/schedstat";

    public static TimeSpan Of(Action action)
    {
        var (clock, before) = (Stopwatch.StartNew(), Spent());
        action();
        return before is null || Spent() is not { } after ? clock.Elapsed : after - before.Value;
    }

    // Its first number counts the nanoseconds on a processor.
    private static TimeSpan? Spent() => File.Exists(Schedule)
        ? TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText(Schedule).Split(' ')[0], CultureInfo.InvariantCulture) / 1000)
        : null;
}
