using System.Collections.Immutable;
using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Previews;
using Infra.Operations.Project;
using Infra.Stacks.Configuration;

namespace Infra.Cli.Verbs;

internal static class CheckVerb
{
    public static Command Make(Session session)
    {
        var format = Choice.Option("--format", "text or json.", "text", "json");
        var verb = new Command("check", "Checks a stack against the rules; exits with 1 when one is broken.")
        {
            Arguments.Stack,
            format,
            Arguments.Images,
            Arguments.Project,
        };
        verb.SetAction(
            async (parsed, _) =>
            {
                var stack = await session.LoadAsync(parsed);
                ImmutableArray<Finding> findings =
                [
                    .. stack.Findings,
                    .. StackReview.Find(ReviewedStack.From(session.Workspace, await NeededAsync(session, parsed, stack)), ReviewPoints.Check),
                ];
                if (parsed.GetRequiredValue(format) == "json") session.Out.Write(JsonFindings.Write(stack, AllRules.List.Length, findings));
                else Report(session, stack, findings);
                return findings.Any(finding => finding.Severity == Severity.Error) ? UserErrorException.FailedCode : 0;
            }
        );
        return verb;
    }

    private static void Report(Session session, StackContext stack, ImmutableArray<Finding> findings)
    {
        session.Report(findings);
        int Count(Severity severity) => findings.Count(finding => finding.Severity == severity);
        var waived = Count(Severity.Waived) is var count and > 0 ? $", {count} waived" : "";
        session.Out.WriteLine(
            $"{stack.Naming.Name}: {Counted.Of(stack.Topology.Services.Length, "service")}, {Counted.Of(AllRules.List.Length, "rule")}, "
                + $"{Counted.Of(Count(Severity.Error), "error")}, {Counted.Of(Count(Severity.Warning), "warning")}{waived}."
        );
    }

    // Where images come from is decided by the first `up`: until then, what is needed either way.
    private static async Task<StackContext> NeededAsync(Session session, ParseResult parsed, StackContext stack)
    {
        var isDecided = parsed.GetValue(Arguments.Images) != ImageSource.Auto || stack.Settings.Images != ImageSource.Auto
            || ImageMemory.Recall(session.Workspace, stack.Name) is not null;
        return isDecided ? stack : stack with { Topology = (await session.LoadAsync(parsed, ImageSource.Debian)).Topology };
    }
}
