using Infra.Model;
using Infra.Model.Rules;
using Infra.Operations.Engine;
using Infra.Operations.Project;

namespace Infra.Operations.Loading;

/// <summary>What a topology needs of the project's folder and does not find there.</summary>
internal static class MissingFiles
{
    /// <summary>The folders and Dockerfiles of builds, and the folders that services mount.</summary>
    public static IEnumerable<Finding> Find(ReviewedStack stack) =>
        Finding.Merge([
            .. OfBuilds(stack.Workspace, stack.Topology),
            .. OfMounts(stack.Workspace, stack.Topology),
            .. Elsewhere(stack.Workspace, stack.Topology),
        ]);

    private static IEnumerable<Finding> OfBuilds(Workspace workspace, Topology topology)
    {
        foreach (var image in topology.Builds)
        {
            var context = workspace.Absolute(image.Context);
            if (!Directory.Exists(context))
                yield return Missing(
                    image.Name,
                    $"The folder '{image.Context}' that its image is built from is not there.",
                    "Set infra:app.context to your application's folder."
                );
            else if (!File.Exists(Path.Combine(context, image.Dockerfile)))
                yield return Missing(
                    image.Name,
                    $"There is no '{image.Dockerfile}' in '{image.Context}'.",
                    image.Base is null
                        ? $"Let './infra.sh dockerfile {topology.Naming.Stack} --write' write one, or name yours in infra:app.dockerfile."
                        : "Write one that begins 'ARG BASE' and 'FROM ${BASE}' (docs/applications.md), "
                            + "name yours in infra:app.debianDockerfile, or take images from a registry (--images registry)."
                );
        }
    }

    // An absolute path is one of the engine's machine, which need not be this one. What is in a missing folder is not reported again.
    private static IEnumerable<Finding> OfMounts(Workspace workspace, Topology topology) =>
        from service in topology.Services
        from mount in service.Mounts.OfType<BindMount>()
        where !Path.IsPathRooted(mount.Source) && !Path.Exists(workspace.Absolute(mount.Source))
        where
            topology.Builds.All(image =>
                Directory.Exists(workspace.Absolute(image.Context))
                || !mount.Source.StartsWith(image.Context.TrimEnd('/') + "/", StringComparison.Ordinal)
            )
        select Missing(service.Name, $"'{mount.Source}', which it mounts at {mount.Target}, is not there.", "Create it, or change infra:app.source.");

    // What a link or '..' leads to: the text alone does not show it.
    private static IEnumerable<Finding> Elsewhere(Workspace workspace, Topology topology) =>
        from service in topology.Services
        from mount in service.Mounts.OfType<BindMount>()
        where !Path.IsPathRooted(mount.Source) && Path.Exists(workspace.Absolute(mount.Source))
        let real = RealPath.Resolve(workspace.Absolute(mount.Source))
        let danger = HostPaths.Danger(mount with { Source = real }, service.Role)
        let context = topology
            .Builds.Select(image => image.Context.TrimEnd('/'))
            .FirstOrDefault(context => mount.Source.StartsWith(context + "/", StringComparison.Ordinal))
        where danger is not null || (context is not null && !IsBelow(real, RealPath.Resolve(workspace.Absolute(context))))
        select danger is not null
            ? new Finding(
                "UNPRIVILEGED",
                Severity.Error,
                service.Name,
                $"'{mount.Source}', which it mounts, leads to the host's '{real}', {danger}.",
                "Drop the mount, or mount only what it needs."
            )
            : Missing(
                service.Name,
                $"'{mount.Source}', which it mounts at {mount.Target}, leads to '{real}', out of '{context}'.",
                "Put the folder itself there: a build would not follow the link either."
            );

    private static bool IsBelow(string path, string folder) => path == folder || path.StartsWith(folder.TrimEnd('/') + "/", StringComparison.Ordinal);

    private static Finding Missing(string where, string what, string then) => new("FILES", Severity.Error, where, what, then);
}
