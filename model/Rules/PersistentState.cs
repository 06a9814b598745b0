namespace Infra.Model.Rules;

/// <summary>What must outlive a container lies on a named volume that says so.</summary>
internal static class PersistentState
{
    public static Rule Rule { get; } = new("PERSISTENT-STATE", Severity.Error, "State lies on volumes that outlive their containers", Check);

    private static IEnumerable<Finding> Check(Topology topology) => topology.Services.SelectMany(Check);

    private static IEnumerable<Finding> Check(ServiceSpec service)
    {
        if (service is { Role: ServiceRole.Database or ServiceRole.Broker, StatePaths: [] })
            yield return Rule.Error(service.Name,
                "it does not say where its state lies, so nothing outlives its container.",
                "Name its state's path, and mount a volume there.",
                "unsaid");
        foreach (var path in service.StatePaths)
            if (Fault(Covering(service, path)) is { } fault)
                yield return Rule.Error(service.Name, $"its state in '{path}' {fault}.", "Mount a named volume there that holds state.",
                    $"state:{path}");
        if (WrongFolder(service) is { } wrong)
            yield return Rule.Error(service.Name,
                $"Postgres {PostgresLayout.Major(service.Image)} keeps nothing in '{wrong}'.",
                $"Mount the volume at '{PostgresLayout.Folder(service.Image)}'.",
                $"layout:{wrong}");
    }

    // Where Postgres' image of another major version keeps its data, and this one nothing.
    private static string? WrongFolder(ServiceSpec service)
    {
        if (PostgresLayout.Folder(service.Image) is not { } right || service.Environment.ContainsKey("PGDATA")) return null;
        var mounted = service.Mounts.Where(mount => mount is VolumeMount or BindMount).Select(mount => mount.Target.TrimEnd('/')).ToList();
        var wrong = right == PostgresLayout.Parent ? PostgresLayout.Child : PostgresLayout.Parent;
        return mounted.Contains(wrong) && !mounted.Contains(right) ? wrong : null;
    }

    // What is mounted deepest is what a path really leads to.
    private static Mount? Covering(ServiceSpec service, string path) => service.Mounts
        .Where(mount => Covers(mount.Target.TrimEnd('/'), path)).MaxBy(mount => mount.Target.TrimEnd('/').Length);

    internal static bool Covers(string target, string path)
        => path.StartsWith(target, StringComparison.Ordinal) && (path.Length == target.Length || path[target.Length] == '/');

    private static string? Fault(Mount? mount) => mount switch
    {
        VolumeMount { ReadOnly: true } => "is on a volume that it cannot write to",
        VolumeMount { Volume.HoldsState: false } volume => $"is on the volume '{volume.Volume.Name}', which is thrown away",
        VolumeMount => null,
        BindMount bind => $"is in the host's folder '{bind.Source}', on no named volume",
        TmpfsMount => "is in memory, gone with its container",
        _ => "is on no volume, gone with its container",
    };
}
