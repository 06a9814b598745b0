using System.Text;
using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Findings;
using Infra.Operations.Previews;
using Infra.Targets.Diagrams;

namespace Infra.Operations.ComposeInput.Differences;

/// <summary>Writes a difference: for a terminal, for a pull request, for programs.</summary>
public static class DifferenceReport
{
    private const int Column = 18;

    /// <summary>A line for what was and for what is, of each thing that is different.</summary>
    public static string Text(TopologyDifference difference)
    {
        var text = new StringBuilder();
        foreach (var service in difference.Services.Where(service => service.Becomes is not null))
        {
            text.Append(service.Service).Append("  ").Append(Word(service.Becomes)).Append('\n');
            foreach (var aspect in service.Aspects) Write(text, aspect);
            text.Append('\n');
        }

        return Visible.Lines(text.Append(Summary(difference)).ToString()) + "\n";
    }

    /// <summary>A table for each service.</summary>
    public static string Markdown(TopologyDifference difference)
    {
        var text = new StringBuilder($"### {Summary(difference)}\n");
        foreach (var service in difference.Services.Where(service => service.Becomes is not null))
        {
            text.Append($"\n**{MarkdownText.Cell(service.Service)}** {Word(service.Becomes)}\n");
            if (service.Aspects.IsEmpty) continue;
            text.Append("\n| | was | is |\n| --- | --- | --- |\n");
            foreach (var aspect in service.Aspects)
                text.Append($"| {aspect.Aspect} | {MarkdownText.Cell(aspect.Was)} | {MarkdownText.Cell(aspect.Is)} |\n");
        }

        return text.Append("\n```mermaid\n").Append(MermaidWriter.Write(difference.Drawn, difference.Marks)).Append("```\n").ToString();
    }

    /// <summary>For programs; its keys stay as they are.</summary>
    public static string Json(TopologyDifference difference) =>
        new JsonObject
        {
            ["was"] = difference.Was.Naming.Project,
            ["is"] = difference.Is.Naming.Name,
            ["services"] = new JsonArray([.. difference.Services.Select(Written)]),
        }.ToJsonString(JsonPreview.Readable) + "\n";

    private static JsonObject Written(ServiceDifference service) => new()
    {
        ["service"] = service.Service,
        ["becomes"] = Word(service.Becomes),
        ["differences"] = new JsonArray(
        [
            .. service.Aspects.Select(aspect => new JsonObject { ["aspect"] = aspect.Aspect, ["was"] = aspect.Was, ["is"] = aspect.Is }),
        ]),
    };

    private static void Write(StringBuilder text, AspectDifference aspect)
    {
        var label = aspect.Aspect.PadRight(Column);
        foreach (var (sign, value) in new[] { ('-', aspect.Was), ('+', aspect.Is) }.Where(side => side.Item2.Length > 0))
        {
            text.Append("  ").Append(label).Append(sign).Append(' ').Append(value).Append('\n');
            label = new string(' ', Column);
        }
    }

    private static string Summary(TopologyDifference difference)
    {
        int Count(Mark? mark) => difference.Services.Count(service => service.Becomes == mark);
        return $"{difference.Was.Naming.Project} → {difference.Is.Naming.Name}: {Counted.Of(Count(Mark.Changed), "service")} changed, "
            + $"{Count(Mark.New)} new, {Count(Mark.Gone)} gone, {Count(null)} as before.";
    }

    private static string Word(Mark? mark) => mark?.ToString().ToLowerInvariant() ?? "as before";
}
