using System.Text;
using Infra.Model;
using Infra.Operations.ComposeInput.Import.Outcomes;

namespace Infra.Operations.ComposeInput.Import.Reports;

/// <summary>Tells an import service by service, for a terminal.</summary>
public static class TextReport
{
    private const int Width = 12;

    /// <summary>The text.</summary>
    public static string Write(ImportReport report)
    {
        var text = new StringBuilder();
        foreach (var service in report.Result.Services)
        {
            text.Append(service.Name).Append("  ").Append(service.Kind).Append('\n');
            if (Keys(report.Of(service, OutcomeKind.Carried)) is { Length: > 0 } carried) Line(text, "carried", carried);
            foreach (var outcome in report.Of(service, OutcomeKind.Improved)) Line(text, "improved", Sentence(outcome));
            foreach (var outcome in report.Of(service, OutcomeKind.NotCarried)) Line(text, "not carried", Sentence(outcome));
            foreach (var outcome in report.Of(service, OutcomeKind.Decision)) Line(text, "decide", Sentence(outcome));
            text.Append('\n');
        }

        Beside(text, report);
        Check(text, report);
        Secrets(text, report);
        text.Append(report.Summary).Append('\n');
        text.Append("Next: ").AppendJoin(", ", report.Next).Append('\n');
        return text.ToString();
    }

    /// <summary>One outcome in a line.</summary>
    public static string Sentence(KeyOutcome outcome)
    {
        var key = outcome.Key.Length == 0 ? "" : outcome.Key + ": ";
        return Visible.Lines(outcome.Kind switch
        {
            OutcomeKind.Improved => $"{key}{outcome.Was} → {outcome.Is}",
            OutcomeKind.Carried => $"{key}{outcome.Is}",
            _ => $"{key}{outcome.Is} {outcome.Then}",
        });
    }

    // Twenty variables are one thing.
    private static string Keys(IEnumerable<KeyOutcome> outcomes)
    {
        var groups = outcomes.GroupBy(outcome => outcome.Key.Split('.', '[')[0]).Where(group => group.Key.Length > 0);
        return string.Join(", ", groups.Select(group => group.Count() == 1 ? group.First().Key : $"{group.Count()} of {group.Key}"));
    }

    private static void Beside(StringBuilder text, ImportReport report)
    {
        var beside = report.Beside.ToArray();
        if (beside.Length == 0) return;
        text.Append("Beside the services\n");
        foreach (var outcome in beside)
        {
            var place = outcome.Place.Length == 0 || outcome.Key.Length == 0 ? outcome.Place : outcome.Place + ".";
            Line(text, Word(outcome.Kind), Sentence(outcome with { Key = place + outcome.Key }));
        }

        text.Append('\n');
    }

    private static void Check(StringBuilder text, ImportReport report)
    {
        if (report.Problem.Length == 0 && report.Findings.IsEmpty) return;
        text.Append("What check says\n");
        if (report.Problem.Length > 0)
            foreach (var line in report.Problem.Split('\n')) Line(text, "decide", Visible.Lines(line));
        foreach (var finding in report.Findings.OrderByDescending(finding => finding.Severity)) text.Append("  ").Append(finding).Append('\n');
        text.Append('\n');
    }

    private static void Secrets(StringBuilder text, ImportReport report)
    {
        if (report.Result.Secrets.IsEmpty) return;
        text.Append("Secrets in .secrets/").Append(report.Result.Stack).Append(": ").AppendJoin(", ", report.Result.Secrets.Keys).Append(".\n");
        text.Append("For Pulumi's configuration:\n");
        foreach (var command in report.PulumiCommands) text.Append("  ").Append(command).Append('\n');
        text.Append('\n');
    }

    private static void Line(StringBuilder text, string word, string sentence) =>
        text.Append("  ").Append(word.PadRight(Width)).Append(sentence).Append('\n');

    private static string Word(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Carried => "carried",
        OutcomeKind.Improved => "improved",
        OutcomeKind.NotCarried => "not carried",
        _ => "decide",
    };
}
