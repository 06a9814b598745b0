using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>The timing of one service's probe; what is unset is its component's default.</summary>
public sealed record ProbeSettings(TimeSpan? Interval, TimeSpan? Timeout, int? Retries, TimeSpan? StartPeriod)
{
    internal static ProbeSettings Read(Section probe) => new(
        probe.Seconds("intervalSeconds", "the time between two probes", OfComponent),
        probe.Seconds("timeoutSeconds", "the time for one probe", OfComponent),
        probe.Number("retries", 1, 1000, "how many in a row must fail before it is unhealthy", OfComponent),
        probe.Seconds("startPeriodSeconds", "the time after its start in which failures do not count", OfComponent));

    private const string OfComponent = "the component's own";

    /// <summary>The probe with this timing.</summary>
    public HealthCheck On(HealthCheck probe) => probe with
    {
        Interval = Interval ?? probe.Interval,
        Timeout = Timeout ?? probe.Timeout,
        Retries = Retries ?? probe.Retries,
        StartPeriod = StartPeriod ?? probe.StartPeriod,
    };

    /// <summary>Those of services that the stack does not have.</summary>
    /// <param name="settings">The stack's settings.</param>
    /// <param name="topology">What it runs, with every image from its registry.</param>
    public static IEnumerable<Finding> Review(Settings settings, Topology topology)
    {
        var names = topology.Services.Where(service => service.Health is not null).Select(service => service.Name).ToArray();
        return settings
            .Probes.Keys.Where(name => !names.Contains(name))
            .Select(name => new Finding(
                "SETTINGS",
                Severity.Error,
                $"infra:probes.{name}",
                "The stack probes no such service.",
                Nearest.HintOr(name, names, $"Services: {string.Join(", ", names)}.")
            ));
    }
}
