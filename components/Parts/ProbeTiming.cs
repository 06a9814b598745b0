using Infra.Model;

namespace Infra.Components.Parts;

/// <summary>How often and how patiently a service is probed, where that is not its component's own way.</summary>
/// <param name="Interval">The pause between probes once started.</param>
/// <param name="Timeout">How long one probe may take.</param>
/// <param name="Retries">Failures in a row that make it unhealthy.</param>
public sealed record ProbeTiming(TimeSpan Interval, TimeSpan Timeout, int Retries)
{
    /// <summary>How long failures after the start do not count; the probe's own time when unset.</summary>
    public TimeSpan? StartPeriod { get; init; }

    /// <summary>In whole seconds.</summary>
    public static ProbeTiming Seconds(int interval, int timeout, int retries, int? startPeriod = null)
        => new(TimeSpan.FromSeconds(interval), TimeSpan.FromSeconds(timeout), retries)
        {
            StartPeriod = startPeriod is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
}

/// <summary>Gives a probe its timing.</summary>
internal static class ProbeTimingExtensions
{
    public static HealthCheck At(this HealthCheck probe, ProbeTiming? timing) => timing is null ? probe : probe with
    {
        Interval = timing.Interval,
        Timeout = timing.Timeout,
        Retries = timing.Retries,
        StartPeriod = timing.StartPeriod ?? probe.StartPeriod,
    };
}
