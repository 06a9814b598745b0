using System.Collections.Immutable;
using System.CommandLine;
using Infra.Model;
using Infra.Model.Rules;

namespace Infra.Cli.Verbs;

internal static class CheckVerb
{
    public static Command Make(Session session)
    {
        var verb = new Command("check", "Holds a stack to the rules; ends with 1 when one is broken.") { Arguments.Stack, Arguments.Images, Arguments.Project };
        verb.SetAction(async (parsed, _) =>
        {
            var stack = await session.LoadAsync(parsed);
            ImmutableArray<Finding> findings = [.. stack.Findings, .. SecretFindings.Of(session.Workspace, stack)];
            var hasErrors = session.Report(findings);
            var errors = findings.Count(finding => finding.Severity == Severity.Error);
            session.Out.WriteLine($"{stack.Naming.Name}: {stack.Topology.Services.Length} services, {AllRules.List.Length} rules, {errors} errors, {findings.Length - errors} warnings.");
            return hasErrors ? CliException.Failed : 0;
        });
        return verb;
    }
}
