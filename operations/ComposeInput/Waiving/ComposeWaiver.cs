using Infra.Operations.Findings;

namespace Infra.Operations.ComposeInput.Waiving;

/// <summary>A decision to live with what a rule finds, and why.</summary>
/// <param name="Key"><c>RULE</c> or <c>RULE.SERVICE</c>.</param>
/// <param name="Reason">Why it does no harm here; empty where nobody says.</param>
/// <param name="File">The file that it stands in.</param>
/// <param name="Line">Its line.</param>
/// <param name="Column">Its column.</param>
internal sealed record ComposeWaiver(string Key, string Reason, string File, int Line, int Column)
{
    /// <summary>The lines of the file that it is about; everywhere when unset.</summary>
    public (int First, int Last)? Lines { get; init; }

    /// <summary>Whether it is about what a rule finds at a place.</summary>
    public bool Covers(string rule, FindingPlace place) =>
        (Key == rule || Key == $"{rule}.{place.Subject}")
        && (Lines is not { } lines || (place.File == File && lines.First <= place.Line && place.Line <= lines.Last));
}
