using System.Text;
using Infra.Targets.Diagrams;

namespace Infra.Previews;

/// <summary>A comment for a pull request: a table, the findings, the diagram.</summary>
public static class MarkdownPreview
{
    public static string Write(StackContext stack)
    {
        var text = new StringBuilder();
        text.Append($"### {ServiceLines.Summary(stack)}\n\n");
        text.Append("| service | image | ports | limits | waits for |\n| --- | --- | --- | --- | --- |\n");
        foreach (var service in stack.Topology.InStartOrder())
            text.Append($"| {Cell(service.Name)} | `{Cell(ServiceLines.Image(stack, service))}` | {Cell(ServiceLines.Ports(service))} | {Cell(ServiceLines.Limits(service))} | {Cell(ServiceLines.Waits(service))} |\n");
        text.Append('\n');
        foreach (var name in stack.LeftOut) text.Append($"- left out here: {name}\n");
        foreach (var finding in stack.Findings) text.Append($"- **{finding.Severity.ToString().ToLowerInvariant()} {finding.Rule}** {Cell(finding.Where)}: {finding.What} {finding.Do}\n");
        if (stack.Findings.IsEmpty) text.Append("No findings.\n");
        text.Append("\n```mermaid\n").Append(MermaidWriter.Write(stack.Topology).TrimEnd()).Append("\n```\n");
        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
}
