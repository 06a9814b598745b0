using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>How often and how patiently a service is asked whether it is well; what is unset is its component's own way.</summary>
/// <param name="Interval">The time between two probes.</param>
/// <param name="Timeout">The time for one.</param>
/// <param name="Retries">How many in a row must fail.</param>
/// <param name="StartPeriod">The time in which failures do not count.</param>
public sealed record ProbeTimes(TimeSpan? Interval, TimeSpan? Timeout, int? Retries, TimeSpan? StartPeriod)
{
    private const string OfKind = "its kind's own";

    /// <summary>Whether it says anything.</summary>
    public bool IsSet => (Interval ?? Timeout ?? StartPeriod) is not null || Retries is not null;

    /// <summary>The probe at these times.</summary>
    public HealthCheck On(HealthCheck probe) => probe with
    {
        Interval = Interval ?? probe.Interval,
        Timeout = Timeout ?? probe.Timeout,
        Retries = Retries ?? probe.Retries,
        StartPeriod = StartPeriod ?? probe.StartPeriod,
    };

    internal static ProbeTimes Read(Section probe) => new(
        probe.Seconds("intervalSeconds", "the time between two probes", OfKind),
        probe.Seconds("timeoutSeconds", "the time for one probe", OfKind),
        probe.Number("retries", 1, 1000, "how many in a row must fail before it is unhealthy", OfKind),
        probe.Seconds("startPeriodSeconds", "the time after its start in which failures do not count", OfKind)
    );

    /// <summary>The times of what a stack adds by itself.</summary>
    /// <param name="section">The settings of that.</param>
    internal static ProbeTimes Of(Section section) => section.Read("probe", "how often and how patiently it is asked whether it is well", Read);
}
