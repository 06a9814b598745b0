using System.Text;
using Infra.Model;
using Infra.Operations.Findings;
using Infra.Operations.Project;
using Infra.Targets.Diagrams;

namespace Infra.Operations.Previews;

/// <summary>A comment for a pull request: a table, the findings, the diagram.</summary>
public static class MarkdownPreview
{
    public static string Write(StackContext stack)
    {
        var text = new StringBuilder();
        text.Append($"### {ServiceLines.Summary(stack)}\n\n");
        text.Append("| service | image | ports | limits | waits for |\n| --- | --- | --- | --- | --- |\n");
        foreach (var service in stack.Topology.InStartOrder())
            text.Append(
                $"| {MarkdownText.Cell(service.Title())} | `{Code(ServiceLines.Image(stack, service))}` "
                    + $"| {MarkdownText.Cell(ServiceLines.Ports(service))} "
                    + $"| {MarkdownText.Cell(ServiceLines.Limits(service))} | {MarkdownText.Cell(ServiceLines.Waits(service))} |\n"
            );
        text.Append('\n');
        foreach (var name in stack.LeftOut)
            text.Append($"- left out here: {MarkdownText.Cell(name)}\n");
        foreach (var finding in stack.Findings)
            text.Append($"- **{finding.Severity.ToString().ToLowerInvariant()} {finding.Rule}** {MarkdownText.Cell(finding.Sentence)}\n");
        if (stack.Findings.IsEmpty)
            text.Append("No findings.\n");
        text.Append("\n```mermaid\n").Append(MermaidWriter.Write(stack.Topology).TrimEnd()).Append("\n```\n");
        return text.ToString();
    }

    private static string Code(string text) => Visible.Escape(text).Replace('`', '\'').Replace("|", "\\|", StringComparison.Ordinal);
}
