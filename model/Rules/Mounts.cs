namespace Infra.Model.Rules;

/// <summary>What two write who do not know of each other is lost, and an engine mounts nothing twice.</summary>
internal static class Mounts
{
    public static Rule Rule { get; } = new("MOUNTS", Severity.Error, "Every mount has a place, and every state an owner, of its own", Check);

    private static IEnumerable<Finding> Check(Topology topology) =>
        [
            .. from service in topology.Services
            from same in service.Mounts.GroupBy(mount => mount.Target.TrimEnd('/'))
            where same.Count() > 1
            select Rule.Error(service.Name, $"{same.Count()} mounts are at '{same.Key}'.", "Give each a path of its own.", $"twice:{same.Key}"),
            .. Finding.Merge(
                from service in topology.Services
                from mount in service.Mounts.OfType<BindMount>()
                from file in service.Files
                where PersistentState.Covers(mount.Target.TrimEnd('/'), file.Path)
                select Rule.Error(
                    service.Name,
                    $"'{mount.Source}' is mounted at '{mount.Target}', over its file '{file.Path}'.",
                    "Mount it elsewhere: files of the stack's own lie in /run/secrets and /run/configs.",
                    "over-file"
                )
            ),
            .. from owner in topology.Services
            from volume in Held(owner)
            let others = topology.Services.Where(service => service.Name != owner.Name && Volumes(service).Contains(volume)).ToList()
            where others.Count > 0
            select Rule.Error(
                others.Names(),
                $"the volume '{volume}' is the state of '{owner.Name}', and is mounted here too.",
                "Mount a volume with a name of its own.",
                $"owner:{volume}"
            ),
            .. from service in topology.Services.DistinctBy(service => service.Name)
            where !Held(service).Contains(service.Name)
            let users = topology.Services.Where(other => Volumes(other).Contains(service.Name)).ToList()
            where users.Count > 0
            select Rule.Error(
                users.Names(),
                $"the volume '{service.Name}' has the name of the service '{service.Name}', so a backup could not tell the two apart.",
                "Give the volume a name of its own.",
                "name"
            ),
        ];

    private static IEnumerable<string> Volumes(ServiceSpec service) => service.Mounts.OfType<VolumeMount>().Select(mount => mount.Volume.Name);

    // The volumes that a service says its own state lies on.
    private static HashSet<string> Held(ServiceSpec service) =>
        [
            .. service
                .Mounts.OfType<VolumeMount>()
                .Where(mount => service.StatePaths.Any(path => PersistentState.Covers(mount.Target.TrimEnd('/'), path)))
                .Select(mount => mount.Volume.Name),
        ];
}
