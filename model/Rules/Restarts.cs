namespace Infra.Model.Rules;

/// <summary>What runs on must come back after a crash; what ends must not be started for ever.</summary>
internal static class Restarts
{
    public static Rule Rule { get; } = new("RESTART", Severity.Error, "Services come back after a crash, and jobs end", Check);

    private static IEnumerable<Finding> Check(Topology topology) =>
    [
        .. from service in topology.LongRunning()
           where service.Restart.Mode == RestartMode.No
           select Rule.Error(service.Name, "it stays down after a crash.", "Restart it unless stopped, or give it the role of a job.", "down"),
        .. from service in topology.Services
           where service.Role == ServiceRole.Job && service.NeverEnds()
           select Rule.Error(
               service.Name,
               "it is a job, and is started again each time it has ended.",
               "Restart it never, or on failure only.",
               "job"
           ),
    ];
}
