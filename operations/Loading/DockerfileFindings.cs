using System.Collections.Immutable;
using Infra.Model;
using Infra.Model.Dockerfiles;
using Infra.Model.Dockerfiles.Rules;
using Infra.Operations.Engine;
using Infra.Operations.Project;

namespace Infra.Operations.Loading;

/// <summary>Reads the Dockerfiles of the application's images and holds them to the rules for them.</summary>
public static class DockerfileFindings
{
    /// <summary>The findings of every Dockerfile that is there; one that is missing is another's finding.</summary>
    public static IEnumerable<Finding> Find(ReviewedStack stack) => Find(
        stack.Workspace,
        stack.Topology,
        _ => true,
        $"Let './infra.sh dockerfile {stack.Topology.Naming.Stack} --write' write one beside the Dockerfile."
    );

    /// <summary>The same of the images of a topology.</summary>
    /// <param name="workspace">The folder that paths are relative to.</param>
    /// <param name="topology">What runs.</param>
    /// <param name="isCommanded">Whether a service has a command that an ENTRYPOINT is to run.</param>
    /// <param name="ignoring">What to do where there is no .dockerignore.</param>
    public static IEnumerable<Finding> Find(Workspace workspace, Topology topology, Func<ServiceSpec, bool> isCommanded, string ignoring)
    {
        foreach (var image in topology.Builds)
        {
            var services = topology.Services.Where(service => service.Image is BuiltImage built && built.Name == image.Name).ToArray();
            if (!services.Any(service => service.IsApplication())) continue;
            var path = workspace.Absolute(image.DockerfilePath);
            if (!File.Exists(path)) continue;
            var file = DockerfileParser.Parse(image.DockerfilePath, File.ReadAllText(path), image.Args);
            if (file.Final(image.Target) is not { } final) continue;
            var use = new DockerfileUse(file, final, [.. services.Select(service => service.Name)], image.Base?.Tag);
            foreach (
                var finding in DockerfileReview
                    .Review(use)
                    .Concat(OfEntrypoint(workspace, image, use with { Services = [.. services.Where(isCommanded).Select(service => service.Name)] }))
                    .Concat(ScriptLineEnds.Find(workspace, image, use, services))
                    .Concat(Ignored(workspace, image, ignoring))
            )
                yield return finding;
        }
    }

    private static IEnumerable<Finding> OfEntrypoint(Workspace workspace, BuiltImage image, DockerfileUse use) =>
        use.Services.Length == 0 ? [] : Entrypoints.Find(workspace, image, use);

    private static ImmutableArray<Finding> Ignored(Workspace workspace, BuiltImage image, string ignoring) =>
        IgnoreFile.Exists(workspace.Absolute(image.Context), image.Dockerfile)
            ? []
            :
            [
                new Finding(
                    "DOCKERFILE-IGNORE",
                    Severity.Warning,
                    image.Context,
                    "There is no .dockerignore: "
                        + "the folder's .git, its virtual environment and its secrets go to the builder, and into the image with 'COPY . .'.",
                    ignoring
                ),
            ];
}
