using Infra.Model;
using Infra.Model.Rules;
using Infra.Operations.Engine;

namespace Infra.Operations.Loading;

/// <summary>Mounts that lead to the project's own folder, by a whole path or a link: the settings' text alone does not show it.</summary>
internal static class ProjectMounts
{
    /// <summary>Those that the rules, which see texts only, do not find. Monitoring may read what it measures.</summary>
    public static IEnumerable<Finding> Find(ReviewedStack stack) =>
        from service in stack.Topology.Services
        from mount in service.Mounts.OfType<BindMount>()
        where !(mount.ReadOnly && service.Role == ServiceRole.Monitoring)
        where HostPaths.DangerToProject(mount.Source) is null && HostPaths.Danger(mount, service.Role) is null
        let path = stack.Workspace.Absolute(mount.Source)
        where Path.Exists(path)
        let danger = HostPaths.DangerToProject(RealPath.Resolve(path), RealPath.Resolve(stack.Workspace.Root))
        where danger is not null
        select ProjectRoot.Found(service, mount, danger);
}
