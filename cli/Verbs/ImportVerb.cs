using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.ComposeInput.Import;
using Infra.Operations.ComposeInput.Import.Reports;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Stacks.Configuration;

namespace Infra.Cli.Verbs;

internal static class ImportVerb
{
    public static Command Make(Session session)
    {
        var files = new Argument<string[]>("file")
        {
            Description = "A Compose file, or its folder; several are merged in their order.",
            Arity = ArgumentArity.OneOrMore,
        };
        var stack = new Option<string>("--stack") { Description = "The stack's name: Pulumi.NAME.yaml is written.", Required = true };
        var environment = Choice.Option("--environment", "dev or prod.", "dev", "prod");
        var format = Choice.Option("--format", "How the report is written: text, markdown or json.", "text", "markdown", "json");
        var envFile = new Option<string[]>("--env-file") { Description = "A file of variables for ${NAME}, in place of the folder's .env." };
        var force = new Option<bool>("--force") { Description = "Replace the settings and secrets of a stack that is there." };
        var verb = new Command("import", "Writes a stack's settings from Compose files, and says what became of each key.")
        {
            files, stack, environment, format, envFile, force, Arguments.Output, Arguments.Project,
        };
        verb.SetAction(async (parsed, cancellationToken) =>
        {
            var (workspace, name, isForced) = (session.Workspace, parsed.GetRequiredValue(stack), parsed.GetValue(force));
            ImportWriter.RequireFree(workspace, name, isForced);
            var source = ComposeSource.Find(parsed.GetRequiredValue(files)) with
            {
                EnvFiles = [.. (parsed.GetValue(envFile) ?? []).Select(Path.GetFullPath)],
            };
            var application = await ComposeReader.ReadAsync(session.Shell, source, cancellationToken);
            var result = ComposeImport.From(application, workspace.Root, name, parsed.GetRequiredValue(environment) == "prod",
                await EngineStarts.AskAsync(session.Shell, application, cancellationToken));
            ImportWriter.Write(workspace, result, isForced);
            var report = await ReviewAsync(workspace, result, parsed.GetValue(Arguments.Project));
            session.Write(
                parsed.GetRequiredValue(format) switch
                {
                    "json" => JsonReport.Write(report),
                    "markdown" => MarkdownReport.Write(report),
                    _ => TextReport.Write(report),
                },
                parsed.GetValue(Arguments.Output)
            );
            return 0;
        });
        return verb;
    }

    // What check finds is for a person to decide; the file is written.
    private static async Task<ImportReport> ReviewAsync(Workspace workspace, ImportResult result, string? project)
    {
        try
        {
            var stack = await StackLoader.LoadAsync(workspace, result.Stack, project, ImageSource.Registry);
            return new ImportReport(result, [.. stack.Findings, .. StackReview.Find(ReviewedStack.From(workspace, stack), ReviewPoints.Check)]);
        }
        catch (UserErrorException error)
        {
            return new ImportReport(result, [], error.Message);
        }
    }
}
