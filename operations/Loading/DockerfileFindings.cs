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
    public static IEnumerable<Finding> Find(ReviewedStack stack)
    {
        var (workspace, topology) = (stack.Workspace, stack.Topology);
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
                    .Concat(Entrypoints.Find(workspace, image, use))
                    .Concat(ScriptLineEnds.Find(workspace, image, use, services))
                    .Concat(Ignored(workspace, image, topology.Naming.Stack))
            )
                yield return finding;
        }
    }

    private static ImmutableArray<Finding> Ignored(Workspace workspace, BuiltImage image, string stack) =>
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
                    $"Let './infra.sh dockerfile {stack} --write' write one beside the Dockerfile."
                ),
            ];
}
