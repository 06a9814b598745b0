using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.Previews;
using Infra.Operations.Project;

namespace Infra.Cli.Verbs;

internal static class PreviewVerb
{
    public static Command Make(Session session)
    {
        var format = Choice.Option("--format", "text, markdown or json.", "text", "markdown", "json");
        var verb = new Command("preview", "Shows what a stack would run, and what the rules say of it.")
        {
            Arguments.Stack, format, Arguments.Images, Arguments.Project, Arguments.Output,
        };
        verb.SetAction(async (parsed, _) =>
        {
            var stack = await session.LoadAsync(parsed);
            var text = parsed.GetRequiredValue(format) switch
            {
                "json" => JsonPreview.Write(stack),
                "markdown" => MarkdownPreview.Write(stack),
                _ => null,
            };
            if (text is not null) session.Write(text, parsed.GetValue(Arguments.Output));
            else if (parsed.GetValue(Arguments.Output) is { } file) session.Write(TextPreview.Write(stack), file);
            else TextPreview.Write(stack, session.Console);
            return 0;
        });
        return verb;
    }
}
