using System.Diagnostics;

namespace Infra.Tests.EndToEnd;

/// <summary>
/// How much slower this machine is at this moment than an idle one with two cores, on which the limits in seconds were set: it
/// starts Python with the application's packages, which is the greater part of what a reload would have to do.
/// </summary>
internal sealed class Yardstick(string container)
{
    // The median of six on two cores with nothing else to do, in a container that may use one of them.
    private const double Idle = 1.1;
    // Slower than so, it says nothing of what is measured on it.
    private const double Most = 3;

    private readonly List<double> seconds = [];

    /// <summary>By how much a limit is to be stretched; 1 on a machine that is no slower.</summary>
    public double Slowness => Math.Clamp(Median(seconds) / Idle, 1, Most);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    public async Task MeasureAsync()
    {
        var clock = Stopwatch.StartNew();
        await Engine.AskAsync("exec", container, "python3", "-c", "import celery.app.base, fastapi, kombu, psycopg, redis");
        seconds.Add(clock.Elapsed.TotalSeconds);
    }
}
