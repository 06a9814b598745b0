using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.ComposeInput.Differences;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Topologies;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Targets.Diagrams;

namespace Infra.Cli.Verbs;

internal static class DiffVerb
{
    private const string Help = """
        Shows what runs differently in a stack than by Compose files: what is new, gone and changed, service by service.

          ./infra.sh diff compose.yaml shop                              what 'import' has made of it, and what you have changed since
          ./infra.sh diff compose.yaml prod.yaml shop --format svg -o difference.svg
        """;

    public static Command Make(Session session)
    {
        var what = new Argument<string[]>("files and stack")
        {
            Description = "Compose files, merged in their order, or the folder of one; and the stack behind them.",
            Arity = new ArgumentArity(2, 100),
        };
        var format = Choice.Option("--format", "text, markdown, json, or a picture: mermaid or svg.", "text", "markdown", "json", "mermaid", "svg");
        var envFile = new Option<string[]>("--env-file") { Description = "A file of variables for ${NAME}, in place of the folder's .env." };
        var verb = new Command("diff", Help) { what, format, envFile, Arguments.Output, Arguments.Images, Arguments.Project };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            string[] files = [.. parsed.GetRequiredValue(what)[..^1]];
            var source = ComposeSource.Find(files) with { EnvFiles = [.. (parsed.GetValue(envFile) ?? []).Select(Path.GetFullPath)] };
            var loaded = await StackLoader.LoadAsync(
                session.Workspace,
                parsed.GetRequiredValue(what)[^1],
                parsed.GetValue(Arguments.Project),
                parsed.GetValue(Arguments.Images)
            );
            var application = await ComposeReader.ReadAsync(session.Shell, source, cancellationToken);
            var difference = new TopologyDifference(new TopologyReader(application).Read(), loaded.Topology);
            session.Write(Written(difference, parsed.GetRequiredValue(format)), parsed.GetValue(Arguments.Output));
            return 0;
        });
        return verb;
    }

    private static string Written(TopologyDifference difference, string format) => format switch
    {
        "markdown" => DifferenceReport.Markdown(difference),
        "json" => DifferenceReport.Json(difference),
        "mermaid" => MermaidWriter.Write(difference.Drawn, difference.Marks),
        "svg" => SvgWriter.Write(difference.Drawn, difference.Marks),
        _ => DifferenceReport.Text(difference),
    };
}
