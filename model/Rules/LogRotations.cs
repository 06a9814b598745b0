namespace Infra.Model.Rules;

/// <summary>The engine keeps a container's whole output by default: sooner or later it fills the disk.</summary>
internal static class LogRotations
{
    public static Rule Rule { get; } = new("LOG-ROTATION", Severity.Error, "Every log is bounded", Check);

    private static IEnumerable<Finding> Check(Topology topology) =>
        from service in topology.Services
        where service.Logging is not { IsBounded: true }
        select Rule.Error(service.Name, "its log grows without bound.", "Bound the size and number of its log files.");
}
