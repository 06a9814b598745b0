using Infra.Model;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Rules;

/// <summary>Where a mounted file is not there, the engine makes an empty folder of its name; a build without a Dockerfile fails.</summary>
internal static class MissingSources
{
    public static ComposeRule Rule { get; } = new("FILES", Severity.Error, "Every Dockerfile and every mounted file is there", Check);

    private static IEnumerable<KeyedFinding> Check(ReviewedApplication reviewed) =>
        reviewed.Application.Services.SelectMany(service => OfBuild(reviewed.Application, service).Concat(OfMounts(reviewed.Application, service)));

    private static IEnumerable<KeyedFinding> OfBuild(ComposeApplication application, ComposeService service)
    {
        // One of another machine, or of a repository, is not looked for.
        if (service.Text("build.context") is not { } context || !Path.IsPathRooted(context) || service.At("build.dockerfile_inline") is not null)
            yield break;
        var dockerfile = service.Text("build.dockerfile") ?? "Dockerfile";
        if (!Directory.Exists(context))
            yield return Rule.Error(
                service.Name,
                "build",
                $"the folder '{application.Relative(context)}' that its image is built from is not there.",
                "Name the folder that the Dockerfile expects."
            );
        else if (!File.Exists(Path.Combine(context, dockerfile)))
            yield return Rule.Error(
                service.Name,
                "build",
                $"there is no '{dockerfile}' in '{application.Relative(context)}', which its image is built from.",
                "Write one, or name yours in 'build.dockerfile'."
            );
    }

    private static IEnumerable<KeyedFinding> OfMounts(ComposeApplication application, ComposeService service) =>
        from mount in service.Items("volumes")
        where ComposeService.TextOf(mount["type"]) == "bind"
        let source = ComposeService.TextOf(mount["source"])
        let target = ComposeService.TextOf(mount["target"])
        where source is not null && IsInProject(application, source) && Path.GetExtension(source).Length > 1 && Path.GetExtension(target).Length > 1
        where !Path.Exists(source)
        select Rule.Warning(
            service.Name,
            $"volumes#{target}",
            $"the file '{application.Relative(source)}' is not there: the engine would make an empty folder of that name, and mount it.",
            "Create the file, or fix its path."
        );

    // Another path is one of the machine that runs it.
    private static bool IsInProject(ComposeApplication application, string source) => application.Relative(source) != source;
}
