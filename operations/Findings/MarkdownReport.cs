using System.Globalization;
using System.Text;

namespace Infra.Operations.Findings;

/// <summary>A comment for a pull request, or the summary of a workflow's step.</summary>
public static class MarkdownReport
{
    /// <summary>A table of the findings, gravest first.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="folder">The folder that paths are relative to.</param>
    public static string Write(FindingReport report, string folder)
    {
        var text = new StringBuilder($"### {MarkdownText.Cell(report.Summary())}\n\n");
        if (report.Findings.IsEmpty) return text.Append("No findings.\n").ToString();
        text.Append("| | rule | where | what |\n| --- | --- | --- | --- |\n");
        foreach (var (finding, places) in report.Findings.OrderByDescending(each => each.Finding.Severity))
        {
            var file = FormattableString.Invariant($"{TextReport.Shown(places[0], folder)}:{places[0].Line}");
            var end = finding.Reason is null ? finding.Do : $"Waived: {finding.Reason}";
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {finding.Severity.ToString().ToLowerInvariant()} | `{finding.Rule}` "
                    + $"| {MarkdownText.Cell($"{TextReport.Where(places, folder)} ({file})")} | {MarkdownText.Cell($"{finding.What} {end}")} |\n"
            );
        }

        return text.ToString();
    }
}
