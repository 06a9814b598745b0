namespace Infra.Model.Rules;

/// <summary>Who has the project's folder has the secrets of every stack in it, and what the next command runs.</summary>
public static class ProjectRoot
{
    /// <summary>The rule as far as a path alone shows it.</summary>
    public static Rule Rule { get; } = new("PROJECT-ROOT", Severity.Error, "No service has the project's own folder, nor its secrets", Check);

    private static IEnumerable<Finding> Check(Topology topology) =>
        from service in topology.Services
        from mount in service.Mounts.OfType<BindMount>()
        let danger = HostPaths.DangerToProject(mount.Source)
        where danger is not null
        select Found(service, mount, danger);

    /// <summary>What is found of such a mount.</summary>
    public static Finding Found(ServiceSpec service, BindMount mount, string danger) =>
        Rule.Error(
            service.Name,
            $"it mounts '{mount.Source}', {danger}.",
            "Mount only the folder or file in it that it needs.",
            $"mount:{mount.Target}"
        );
}
