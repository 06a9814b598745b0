using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Targets.Compose;

namespace Infra.Cli.Verbs;

internal static class ComposeVerb
{
    public static Command Make(Session session)
    {
        var verb = new Command("compose", "Writes a stack as a Docker Compose file.")
        {
            Arguments.Stack, Arguments.Output, Arguments.Images, Arguments.Project,
        };
        verb.SetAction(async (parsed, _) =>
        {
            var stack = await session.LoadAsync(parsed);
            var file = parsed.GetValue(Arguments.Output);
            var options = ComposeProject.OptionsOf(stack.Name) with { PathTo = path => PathFrom(session.Workspace, file, path) };
            session.Write(ComposeWriter.Write(stack.Topology, options), file);
            return session.Report(stack.Findings) ? UserErrorException.FailedCode : 0;
        });
        return verb;
    }

    // Compose reads a path relative to the folder of the file.
    private static string PathFrom(Workspace workspace, string? file, string path)
    {
        if (Path.IsPathRooted(path)) return path;
        var folder = file is null ? workspace.Root : Path.GetDirectoryName(Path.GetFullPath(file))!;
        var relative = Path.GetRelativePath(folder, workspace.Absolute(path)).Replace('\\', '/');
        return relative.StartsWith("../", StringComparison.Ordinal) ? relative : "./" + relative;
    }
}
