using Infra.Model;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>A cache may be lost; where tasks are queued in it, they are lost with it.</summary>
internal static class QueuesOutlive
{
    public static ComposeRule Rule { get; } = new("PERSISTENT-STATE", Severity.Warning, "Queued tasks outlive their store's container", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        from service in reviewed.Topology.Services
        where IsFor(reviewed) && service.Role == ServiceRole.Cache && service.Endpoint?.Scheme == "redis"
        where !service.Mounts.Any(IsForData)
        select Rule.Warning(
            service.Name,
            "",
            "the tasks that are queued in it are on no volume with a name: a new container begins without them.",
            $"Mount one ('volumes: [\"{service.Name}-data:/data\"]') and start it with '--appendonly yes', unless it is a cache only."
        );

    /// <summary>Whether a cache is where tasks are queued: something works on them, and there is no broker.</summary>
    internal static bool IsFor(ReviewedApplication reviewed) =>
        reviewed.Topology.Services.All(service => service.Role != ServiceRole.Broker)
        && reviewed.Topology.Services.Any(service => service.Role == ServiceRole.Worker || TaskQueue.OtherThanCelery(service.Command) is not null);

    private static bool IsForData(Mount mount) =>
        mount is VolumeMount or BindMount && mount.Target.TrimEnd('/').EndsWith("/data", StringComparison.Ordinal);
}
