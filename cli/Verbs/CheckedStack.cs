using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Cli.Invocation;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Operations.Findings;
using Infra.Operations.Loading;
using Infra.Operations.Previews;
using Infra.Operations.Project;
using Infra.Stacks.Configuration;

namespace Infra.Cli.Verbs;

/// <summary>Checks a stack.</summary>
internal static partial class CheckedStack
{
    public static async Task<int> RunAsync(Session session, ParseResult parsed, string name, CheckRequest asked)
    {
        var stack = await LoadAsync(session, parsed, name);
        ImmutableArray<Finding> findings =
        [
            .. stack.Findings,
            .. StackReview.Find(ReviewedStack.From(session.Workspace, await NeededAsync(session, parsed, stack)), ReviewPoints.Check),
        ];
        if (asked.Format == "json") session.Out.Write(JsonFindings.Write(stack, AllRules.List.Length, findings));
        else if (asked.Format == "text") Report(session, stack, findings);
        else session.Out.Write(ReportFormat.Write(Placed(session, stack, findings), asked.Format));
        return CheckRequest.Code(findings.Any(finding => finding.Severity >= asked.Least));
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

    // Where no line is named, it is the settings that say it.
    private static FindingReport Placed(Session session, StackContext stack, ImmutableArray<Finding> findings) => new(
        [stack.Naming.Name],
        stack.Topology.Services.Length,
        [.. AllRules.List.Select(rule => new ReportedRule(rule.Id, rule.Severity, rule.Title))],
        [.. findings.Select(finding => new PlacedFinding(finding, [Place(session.Workspace, stack.Name, finding.Where)]))]
    );

    private static FindingPlace Place(Workspace workspace, string stack, string where)
    {
        var line = FileAndLine().Match(where);
        if (line.Success && workspace.Absolute(line.Groups["file"].Value) is var file && File.Exists(file))
            return new FindingPlace(where, file, int.Parse(line.Groups["line"].ValueSpan, CultureInfo.InvariantCulture), 1);
        return new FindingPlace(where, workspace.Settings(stack), 1, 1);
    }

    // Where images come from is decided by the first `up`: until then, what is needed either way.
    private static async Task<StackContext> NeededAsync(Session session, ParseResult parsed, StackContext stack)
    {
        var isDecided = parsed.GetValue(Arguments.Images) != ImageSource.Auto || stack.Settings.Images != ImageSource.Auto
            || ImageMemory.Recall(session.Workspace, stack.Name) is not null;
        return isDecided ? stack : stack with { Topology = (await LoadAsync(session, parsed, stack.Name, ImageSource.Debian)).Topology };
    }

    private static Task<StackContext> LoadAsync(Session session, ParseResult parsed, string stack, ImageSource? images = null) =>
        StackLoader.LoadAsync(session.Workspace, stack, parsed.GetValue(Arguments.Project), images ?? parsed.GetValue(Arguments.Images));

    [GeneratedRegex(@"^(?<file>[^:]+):(?<line>\d+)\b")]
    private static partial Regex FileAndLine();
}
