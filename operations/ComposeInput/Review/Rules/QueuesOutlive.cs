using Infra.Model;

namespace Infra.Operations.ComposeInput.Review.Rules;

/// <summary>A cache may be lost; where tasks are queued in it, they are lost with it.</summary>
internal static class QueuesOutlive
{
    public static ComposeRule Rule { get; } = new("PERSISTENT-STATE", Severity.Warning, "Queued tasks outlive their store's container", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed)
    {
        var hasOther = reviewed.Topology.Services.Any(service => service.Role == ServiceRole.Broker);
        var runsTasks = reviewed.Topology.Services.Any(service =>
            service.Role == ServiceRole.Worker || TaskQueue.OtherThanCelery(service.Command) is not null);
        return
            from service in reviewed.Topology.Services
            where runsTasks && !hasOther && service.Role == ServiceRole.Cache && service.Endpoint?.Scheme == "redis"
            where service.Mounts.All(mount => mount is not (VolumeMount or BindMount) || !mount.Target.TrimEnd('/').EndsWith("/data", StringComparison.Ordinal))
            select Rule.Warning(
                service.Name,
                "",
                "the tasks that are queued in it are on no volume with a name: a new container begins without them.",
                $"Mount one ('volumes: [\"{service.Name}-data:/data\"]') and start it with '--appendonly yes', unless it is a cache only."
            );
    }
}
