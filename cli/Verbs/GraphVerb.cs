using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.Project;
using Infra.Targets.Diagrams;

namespace Infra.Cli.Verbs;

internal static class GraphVerb
{
    public static Command Make(Session session)
    {
        var format = Choice.Option("--format", "mermaid or svg.", "mermaid", "svg");
        var verb = new Command("graph", "Draws a stack.") { Arguments.Stack, format, Arguments.Output, Arguments.Images, Arguments.Project };
        verb.SetAction(async (parsed, _) =>
        {
            var stack = await session.LoadAsync(parsed);
            var text = parsed.GetRequiredValue(format) == "svg" ? SvgWriter.Write(stack.Topology) : MermaidWriter.Write(stack.Topology);
            session.Write(text, parsed.GetValue(Arguments.Output));
            return 0;
        });
        return verb;
    }
}
