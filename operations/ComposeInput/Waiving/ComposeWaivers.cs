using System.Collections.Immutable;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Operations.ComposeInput.Reading;
using Infra.Operations.ComposeInput.Rules;
using Infra.Operations.Findings;

namespace Infra.Operations.ComposeInput.Waiving;

/// <summary>The waivers of somebody's Compose files: in comments, and in a file beside them.</summary>
public sealed class ComposeWaivers
{
    private readonly ImmutableArray<ComposeWaiver> waivers;

    private ComposeWaivers(ImmutableArray<ComposeWaiver> waivers) => this.waivers = waivers;

    /// <summary>Those of the application's files, and of this file of waivers; of the one in the first file's folder when unset.</summary>
    /// <exception cref="Foundation.UserErrorException">The file of waivers cannot be read.</exception>
    public static ComposeWaivers Read(ComposeApplication application, string? file)
    {
        var usual = Path.Combine(application.Source.Folder, WaiverFile.Name);
        var path = file ?? (File.Exists(usual) ? usual : null);
        return new ComposeWaivers([
            .. application.Lines.Files.SelectMany(WaiverComments.Read),
            .. path is null ? [] : WaiverFile.Read(path),
        ]);
    }

    /// <summary>The findings, those that are waived with their reason; and what is found of the waivers themselves.</summary>
    public ImmutableArray<PlacedFinding> Apply(ImmutableArray<PlacedFinding> findings)
    {
        var used = new HashSet<ComposeWaiver>();
        ImmutableArray<PlacedFinding> applied = [.. findings.Select(finding => Apply(finding, used))];
        return [.. applied, .. waivers.Where(waiver => waiver.Reason.Length == 0 || !used.Contains(waiver)).Select(Found)];
    }

    // What names several services is waived for all of them, or not at all.
    private PlacedFinding Apply(PlacedFinding finding, HashSet<ComposeWaiver> used)
    {
        var covering = finding.Places.Select(place =>
            waivers.FirstOrDefault(waiver => waiver.Reason.Length > 0 && waiver.Covers(finding.Finding.Rule, place))).ToArray();
        if (!Waivers.CanWaive(finding.Finding.Rule) || covering.Contains(null)) return finding;
        used.UnionWith(covering!);
        var reasons = string.Join("; ", covering.Select(waiver => waiver!.Reason).Distinct());
        return finding with { Finding = finding.Finding with { Severity = Severity.Waived, Reason = reasons } };
    }

    private static PlacedFinding Found(ComposeWaiver waiver)
    {
        var rule = Waivers.RuleOf(waiver.Key);
        var (what, action) = waiver switch
        {
            { Reason: "" } => ("it gives no reason.", "Write behind the rule why the finding does no harm here."),
            _ when ComposeRules.All.All(known => known.Id != rule) => ($"'{rule}' is not a rule.", "Write the rule as check shows it."),
            _ => ("it waives nothing: the rule finds nothing there.", "Drop it, or write it where the finding is."),
        };
        return new PlacedFinding(
            new Finding(Waivers.Rule, Severity.Warning, waiver.Key, what, action),
            [new FindingPlace(waiver.Key, waiver.File, waiver.Line, waiver.Column)]
        );
    }
}
