namespace Infra.Model.Rules;

/// <summary>What starts beside its old container cannot have anything that only one container can have.</summary>
internal static class StartsFirst
{
    public static Rule Rule { get; } = new("START-FIRST", Severity.Error, "What is replaced without downtime can run twice", Check);

    private static IEnumerable<Finding> Check(Topology topology) =>
        topology.Services.Where(service => service.Replacement == Replacement.StartFirst).SelectMany(Check);

    private static IEnumerable<Finding> Check(ServiceSpec service)
    {
        if (service.Health is null)
            yield return Rule.Error(
                service.Name,
                "it starts before the old container ends, and nothing shows when it is ready.",
                "Give it a health check."
            );
        if (service.ContainerName is { } name)
            yield return Rule.Error(
                service.Name,
                $"it starts before the old container ends, which has the name '{name}'.",
                "Leave its container's name to the engine, or stop it first."
            );
        foreach (var port in service.Ports)
            yield return Rule.Error(
                service.Name,
                FormattableString.Invariant($"it starts before the old container ends, which has port {port.Host}."),
                "Publish no port and let a proxy pass requests on, or stop it first."
            );
        if (service.Role is ServiceRole.Beat or ServiceRole.Database or ServiceRole.Broker)
            yield return Rule.Error(service.Name, "it starts before the old container ends, and two of it at a time do harm.", "Stop it first.");
    }
}
