using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Operations.Findings;

/// <summary>What a check has found, for one of the formats.</summary>
/// <param name="Names">What was checked: files, relative to the current folder.</param>
/// <param name="Services">How many services they have.</param>
/// <param name="Rules">The rules that they were held to.</param>
/// <param name="Findings">What was found, in the order of the files; what differs in its place alone as one.</param>
public sealed record FindingReport(
    ImmutableArray<string> Names,
    int Services,
    ImmutableArray<ReportedRule> Rules,
    ImmutableArray<PlacedFinding> Findings
)
{
    /// <summary>How many there are of a severity.</summary>
    public int Count(Severity severity) => Findings.Count(each => each.Finding.Severity == severity);

    /// <summary><c>compose.yaml: 3 services, 30 rules, 1 error, 2 warnings, 1 waived.</c></summary>
    public string Summary()
    {
        var waived = Count(Severity.Waived) is var count and > 0 ? $", {count} waived" : "";
        return $"{string.Join(", ", Names)}: {Counted.Of(Services, "service")}, {Counted.Of(Rules.Length, "rule")}, "
            + $"{Counted.Of(Count(Severity.Error), "error")}, {Counted.Of(Count(Severity.Warning), "warning")}{waived}.";
    }

    /// <summary>Whether there is a finding at least as grave.</summary>
    public bool Has(Severity least) => Findings.Any(each => each.Finding.Severity >= least);
}

/// <summary>A rule that something was held to.</summary>
/// <param name="Id">What findings call it.</param>
/// <param name="Severity">The severity of its gravest finding.</param>
/// <param name="Title">What holds where it finds nothing.</param>
public sealed record ReportedRule(string Id, Severity Severity, string Title);
