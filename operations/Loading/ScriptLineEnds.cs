using Infra.Model;
using Infra.Model.Dockerfiles;
using Infra.Operations.Project;

namespace Infra.Operations.Loading;

/// <summary>
/// Scripts that an image runs and whose lines end in a carriage return, as editors and git on Windows write them: the kernel looks for an
/// interpreter whose name ends in one, and a shell for such commands.
/// </summary>
internal static class ScriptLineEnds
{
    private const string Rule = "DOCKERFILE-LINE-ENDS";

    // Ways to mend them as the image is built.
    private static readonly string[] Mending = ["\\r", "dos2unix", "fromdos"];

    /// <summary>An error for each script.</summary>
    public static IEnumerable<Finding> Find(Workspace workspace, BuiltImage image, DockerfileUse use, IReadOnlyList<ServiceSpec> services)
    {
        if (use.Needed.SelectMany(stage => stage.All("RUN")).Any(run => Mending.Any(word => run.Text.Contains(word, StringComparison.Ordinal))))
            yield break;
        var commands = new[] { use.File.Entrypoint(use.Final), use.File.Command(use.Final) }
            .OfType<Instruction>()
            .Select(instruction => instruction.IsExecForm ? string.Join(' ', instruction.ExecWords) : instruction.Text)
            .Concat(services.Select(service => string.Join(' ', service.Entrypoint.Concat(service.Command))));
        var scripts = CalledScripts.By(string.Join('\n', commands), new ApplicationScripts(workspace, image));
        foreach (var script in scripts.Where(script => IsBroken(script.Path, script.Text)))
            yield return new Finding(
                Rule,
                Severity.Error,
                $"{script.Path}:1",
                "Its lines end in a carriage return, as on Windows: in the image, it fails with 'no such file or directory' or 'not found'.",
                $"Save it with LF alone (sed -i 's/\\r$//' {script.Path}), and write '*.sh text eol=lf' in .gitattributes."
            );
    }

    // An interpreter of another language than the shell's takes both, where no first line names it.
    private static bool IsBroken(string path, string text) =>
        text.StartsWith("#!", StringComparison.Ordinal)
            ? text.Split('\n')[0].EndsWith('\r')
            : path.EndsWith(".sh", StringComparison.Ordinal) && text.Contains("\r\n", StringComparison.Ordinal);
}
