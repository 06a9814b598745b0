using Infra.Model;
using Pulumi;
using Pulumi.Docker.Inputs;

namespace Infra.Targets.Containers;

/// <summary>Probes, and how long the provider waits for them.</summary>
internal static class Health
{
    // The provider's own default; a service is never given less.
    private const int LeastWait = 60;

    public static Input<ContainerHealthcheckArgs>? Healthcheck(HealthCheck? check)
    {
        if (check is null) return null;
        return new ContainerHealthcheckArgs
        {
            Tests = check.Test.Insert(0, "CMD"),
            Interval = GoDuration.Format(check.Interval),
            Timeout = GoDuration.Format(check.Timeout),
            Retries = check.Retries,
            StartPeriod = GoDuration.Format(check.StartPeriod),
            StartInterval = Unset.OrText(check.StartInterval is { } interval ? GoDuration.Format(interval) : null),
        };
    }

    /// <summary>
    /// Seconds after which a start has failed: as long as the engine itself may call the service starting, which is the start
    /// period and then as many failed probes as it takes. Less would give up on a service that is merely slow.
    /// </summary>
    public static int WaitSeconds(HealthCheck check)
        => Math.Max(LeastWait, Seconds.RoundUp(check.Patience));
}
