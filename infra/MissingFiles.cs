using Infra.Model;

namespace Infra;

/// <summary>What a topology needs of the project's folder and does not find there.</summary>
public static class MissingFiles
{
    /// <summary>The folders and Dockerfiles of builds, and the folders that services mount.</summary>
    public static IEnumerable<Finding> Of(Workspace workspace, Topology topology)
        => Finding.Merge([.. OfBuilds(workspace, topology), .. OfMounts(workspace, topology)]);

    private static IEnumerable<Finding> OfBuilds(Workspace workspace, Topology topology)
    {
        foreach (var image in topology.Builds)
        {
            var context = workspace.Absolute(image.Context);
            if (!Directory.Exists(context))
                yield return Missing(image.Name, $"The folder '{image.Context}' that its image is built from is not there.", "Set infra:app.context to your application's folder.");
            else if (!File.Exists(Path.Combine(context, image.Dockerfile)))
                yield return Missing(image.Name, $"There is no '{image.Dockerfile}' in '{image.Context}'.", image.Base is null
                    ? $"Let './infra.sh dockerfile {topology.Naming.Stack} --write' write one, or name yours in infra:app.dockerfile."
                    : "Write one that begins 'ARG BASE' and 'FROM ${BASE}' (docs/applications.md), name yours in infra:app.debianDockerfile, or take images from a registry (--images registry).");
        }
    }

    // An absolute path is one of the engine's machine, which need not be this one. What lies in a folder that is not there needs no word of its own.
    private static IEnumerable<Finding> OfMounts(Workspace workspace, Topology topology) =>
        from service in topology.Services
        from mount in service.Mounts.OfType<BindMount>()
        where !Path.IsPathRooted(mount.Source) && !Path.Exists(workspace.Absolute(mount.Source))
        where topology.Builds.All(image => Directory.Exists(workspace.Absolute(image.Context)) || !mount.Source.StartsWith(image.Context.TrimEnd('/') + "/", StringComparison.Ordinal))
        select Missing(service.Name, $"'{mount.Source}', which it mounts at {mount.Target}, is not there.", "Make it, or change infra:app.source.");

    private static Finding Missing(string where, string what, string then) => new("FILES", Severity.Error, where, what, then);
}
