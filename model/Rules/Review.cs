using System.Collections.Immutable;

namespace Infra.Model.Rules;

/// <summary>Holds a topology to every rule.</summary>
public static class Review
{
    /// <summary>All findings of all rules together: errors before warnings, then by rule, then by service.</summary>
    public static ImmutableArray<Finding> Run(Topology topology) =>
        [.. AllRules.List.SelectMany(rule => rule.Check(topology)).OrderByDescending(finding => finding.Severity)];
}
