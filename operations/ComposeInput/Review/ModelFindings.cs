using System.Collections.Immutable;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Operations.ComposeInput.Review.Advising;

namespace Infra.Operations.ComposeInput.Review;

/// <summary>What the rules over topologies find in somebody's Compose files, with Compose's keys in place of the settings'.</summary>
internal static class ModelFindings
{
    /// <summary>All of them, each with the key that it is about.</summary>
    public static IEnumerable<KeyedFinding> Find(ReviewedApplication reviewed)
    {
        ImmutableArray<KeyedFinding> found = [.. reviewed.Views().SelectMany(view => Find(reviewed, view))];
        return Together.Merge(found).Distinct();
    }

    private static IEnumerable<KeyedFinding> Find(ReviewedApplication reviewed, Topology topology) =>
        from rule in AllRules.List
        from finding in rule.Check(topology)
        from alone in IsOfOneEach(finding) ? finding.Where.Split(", ").Select(service => finding with { Where = service }) : [finding]
        let subject = alone.Aspect.Split(':', 2).ElementAtOrDefault(1) ?? ""
        let advice = AdviceTable.For(new Advised(reviewed, topology, alone, subject))
        where advice is not null
        select new KeyedFinding(alone with { Severity = advice.Severity, What = advice.What ?? alone.What, Do = advice.Do }, advice.Key);

    // Merged for reading: each of them is a finding of its own.
    private static bool IsOfOneEach(Finding finding) => finding.Rule == "SECRETS-NOT-IN-ENV";
}
