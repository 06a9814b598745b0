using System.Collections.Immutable;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Operations.ComposeInput.Review;

namespace Infra.Operations.ComposeInput.Advising;

/// <summary>What the rules over topologies find in somebody's Compose files, with Compose's keys in place of the settings'.</summary>
internal static class ModelFindings
{
    /// <summary>All of them, each with the key that it is about.</summary>
    public static IEnumerable<KeyedFinding> Find(ReviewedApplication reviewed)
    {
        ImmutableArray<KeyedFinding> found =
        [
            .. Find(reviewed, reviewed.Topology, AllRules.List.Where(rule => !IsOfWhatRuns(rule))),
            .. reviewed.Views().SelectMany(view => Find(reviewed, view, AllRules.List.Where(IsOfWhatRuns))),
        ];
        return Together.Merge(found).Distinct();
    }

    // Services of different profiles may be each other's alternatives.
    private static bool IsOfWhatRuns(Rule rule) => rule.Id is "NO-PORT-CLASH" or "ONE-BEAT" or "MOUNTS";

    private static IEnumerable<KeyedFinding> Find(ReviewedApplication reviewed, Topology topology, IEnumerable<Rule> rules) =>
        from rule in rules
        from finding in rule.Check(topology)
        from alone in IsOfOneEach(finding) ? finding.Where.Split(", ").Select(service => finding with { Where = service }) : [finding]
        let subject = alone.Aspect.Split(':', 2).ElementAtOrDefault(1) ?? ""
        let advice = AdviceTable.For(new Advised(reviewed, topology, alone, subject))
        where advice is not null
        select new KeyedFinding(alone with { Severity = advice.Severity, What = advice.What ?? alone.What, Do = advice.Do }, advice.Key);

    // Merged for reading: each of them is a finding of its own.
    private static bool IsOfOneEach(Finding finding) => finding.Rule == "SECRETS-NOT-IN-ENV";
}
