using System.Collections.Immutable;

namespace Infra.Model.Rules;

/// <summary>Findings that somebody has decided to live with, by <c>RULE</c> or <c>RULE.SERVICE</c>, and why.</summary>
public sealed record Waivers(ImmutableSortedDictionary<string, string> Reasons)
{
    /// <summary>What is found of a waiver itself.</summary>
    public const string Rule = "WAIVERS";

    // What no decision changes: a setting that is not understood, a secret that is not there, an engine that cannot do it.
    private static readonly string[] Binding = ["SETTINGS", "SECRETS", "REMOTE-ENGINE", Rule];

    /// <summary>No waiver.</summary>
    public static Waivers None { get; } = new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>Whether what this rule finds can be waived.</summary>
    public static bool CanWaive(string rule) => !rule.StartsWith("TARGET-", StringComparison.Ordinal) && !Binding.Contains(rule);

    /// <summary>The rule that a waiver is of.</summary>
    public static string RuleOf(string key) => key.Split('.', 2)[0];

    /// <summary>The findings, those that are waived with their reason and no error any more.</summary>
    public IEnumerable<Finding> Apply(IEnumerable<Finding> findings) => findings.Select(finding => KeysFor(finding) is { IsEmpty: false } keys
        ? finding with { Severity = Severity.Waived, Reason = string.Join("; ", keys.Select(key => Reasons[key]).Distinct()) }
        : finding);

    /// <summary>The waivers that none of the findings needs.</summary>
    public IEnumerable<string> Useless(IEnumerable<Finding> findings) => Reasons.Keys.Except(findings.SelectMany(finding => KeysFor(finding)));

    // One that names several services is waived for all of them, or not at all.
    private ImmutableArray<string> KeysFor(Finding finding)
    {
        if (!CanWaive(finding.Rule)) return [];
        if (Reasons.ContainsKey(finding.Rule)) return [finding.Rule];
        ImmutableArray<string> keys = [.. finding.Where.Split(", ").Select(service => $"{finding.Rule}.{service}")];
        return keys.All(Reasons.ContainsKey) ? keys : [];
    }
}
