namespace Infra.Model.Rules;

/// <summary>What is killed while it writes or works must recover at its next start, or loses what it had in hand.</summary>
internal static class StopGraces
{
    public static Rule Rule { get; } = new("STOP-GRACE", Severity.Error, "What holds state or runs tasks has time to stop", Check);

    private static IEnumerable<Finding> Check(Topology topology) =>
        from service in topology.Services
        let least = Least(service.Role)
        where service.StopGrace < least
        select Rule.Error(
            service.Name,
            FormattableString.Invariant(
                $"it is killed {service.StopGrace.TotalSeconds:0.###} s after it was asked to stop, with {Work(service.Role)}."
            ),
            FormattableString.Invariant($"Give it at least {least.TotalSeconds:0} s.")
        );

    private static TimeSpan Least(ServiceRole role) => role switch
    {
        ServiceRole.Database or ServiceRole.Broker => TimeSpan.FromSeconds(30),
        ServiceRole.Worker => TimeSpan.FromSeconds(10),
        _ => TimeSpan.Zero,
    };

    private static string Work(ServiceRole role) => role == ServiceRole.Worker ? "tasks still running" : "writes still on their way to the disk";
}
