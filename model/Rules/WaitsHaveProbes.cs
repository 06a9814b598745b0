namespace Infra.Model.Rules;

/// <summary>A wait that is never fulfilled keeps the whole stack from starting.</summary>
internal static class WaitsHaveProbes
{
    public static Rule Rule { get; } = new("WAITS-HAVE-PROBES", Severity.Error, "Every wait can come to its end", Check);

    private static IEnumerable<Finding> Check(Topology topology)
    {
        var services = topology.Services.DistinctBy(service => service.Name).ToDictionary(service => service.Name, StringComparer.Ordinal);
        return from service in topology.Services
               from wait in service.WaitsFor
               let finding = Check(service, wait, services.GetValueOrDefault(wait.Service))
               where finding is not null
               select finding;
    }

    private static Finding? Check(ServiceSpec service, Wait wait, ServiceSpec? awaited) => (wait.Condition, awaited) switch
    {
        (_, null) => Rule.Error(service.Name,
            $"waits for '{wait.Service}', and there is no such service.",
            "Add the service, or drop the wait.", $"missing:{wait.Service}"),
        (WaitCondition.Healthy, { Health: null }) => Rule.Error(service.Name,
            $"waits for '{wait.Service}' to be healthy, but '{wait.Service}' has no health check.",
            "Give it one, or wait until it has started.", $"no-probe:{wait.Service}"),
        (WaitCondition.Completed, not null) when awaited.NeverEnds() => Rule.Error(service.Name,
            $"waits for '{wait.Service}' to complete, but '{wait.Service}' is started again whenever it ends.",
            $"Restart '{wait.Service}' never, or wait until it is healthy.", $"never-ends:{wait.Service}"),
        _ => null,
    };
}
