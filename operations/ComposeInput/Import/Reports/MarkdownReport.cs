using System.Text;
using Infra.Operations.ComposeInput.Import.Outcomes;

namespace Infra.Operations.ComposeInput.Import.Reports;

/// <summary>An import for a pull request: a table of services, then what is better, what is missing and what is open.</summary>
public static class MarkdownReport
{
    /// <summary>The text.</summary>
    public static string Write(ImportReport report)
    {
        var text = new StringBuilder();
        text.Append("### Import into `").Append(report.Result.Stack).Append("`\n\n").Append(report.Summary).Append("\n\n");
        text.Append("| service | kind | carried | improved | not carried | decisions |\n| --- | --- | ---: | ---: | ---: | ---: |\n");
        foreach (var service in report.Result.Services)
        {
            text.Append("| ").Append(service.Name).Append(" | ").Append(service.Kind);
            foreach (var kind in (OutcomeKind[])[OutcomeKind.Carried, OutcomeKind.Improved, OutcomeKind.NotCarried, OutcomeKind.Decision])
                text.Append(" | ").Append(report.Of(service, kind).Count());
            text.Append(" |\n");
        }

        Part(text, report, OutcomeKind.Decision, "To decide");
        Part(text, report, OutcomeKind.NotCarried, "Not carried");
        Part(text, report, OutcomeKind.Improved, "Improved");
        if (report.Problem.Length > 0 || !report.Findings.IsEmpty)
        {
            text.Append("\n#### What check says\n\n");
            foreach (var line in report.Problem.Split('\n',
                StringSplitOptions.RemoveEmptyEntries)) text.Append("- ").Append(Escaped(line)).Append('\n');
            foreach (var finding in report.Findings) text.Append("- ").Append(Escaped(finding.ToString())).Append('\n');
        }

        return text.ToString();
    }

    private static void Part(StringBuilder text, ImportReport report, OutcomeKind kind, string title)
    {
        var outcomes = report.Result.Outcomes.Where(outcome => outcome.Kind == kind).ToArray();
        if (outcomes.Length == 0) return;
        text.Append("\n#### ").Append(title).Append("\n\n");
        foreach (var outcome in outcomes)
            text.Append("- ").Append(outcome.Place.Length == 0 ? ""
                : $"`{outcome.Place}` ").Append(Escaped(TextReport.Sentence(outcome))).Append('\n');
    }

    private static string Escaped(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
