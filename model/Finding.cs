using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Somebody has decided to live with it, for a reason.</summary>
    Waived,

    /// <summary>Good to know; nothing is stopped.</summary>
    Warning,

    /// <summary>Nothing is started until it is fixed.</summary>
    Error,
}

/// <summary>Something that is not as it should be.</summary>
/// <param name="Rule">The rule's id: <c>LOOPBACK-PORTS</c>.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Where">The service, or the key in the settings.</param>
/// <param name="What">What is wrong, in a sentence.</param>
/// <param name="Do">What to do about it, in a sentence.</param>
public sealed record Finding(string Rule, Severity Severity, string Where, string What, string Do)
{
    /// <summary>
    /// Which of the rule's findings it is, by a name, with what it is about behind a colon where there is more than one: <c>port:5432</c>.
    /// Empty where a rule has one finding only. What other formats than the settings call their keys hangs on it.
    /// </summary>
    public string Aspect { get; init; } = "";

    /// <summary>Why it is waived; nothing where it is not.</summary>
    public string? Reason { get; init; }

    /// <summary><c>web: What. Do.</c>, or <c>web: What. Waived: reason</c></summary>
    public string Sentence => Visible.Escape($"{Where}: {What} {(Reason is null ? Do : $"Waived: {Reason}")}");

    /// <summary><c>LOOPBACK-PORTS web: What. Do.</c></summary>
    public string Text => $"{Rule} {Sentence}";

    /// <summary>The same findings, those that differ in their place alone as one: <c>web, worker</c>.</summary>
    public static ImmutableArray<Finding> Merge(IEnumerable<Finding> findings) =>
    [
        .. findings.GroupBy(finding => finding with { Where = "" })
            .Select(group => group.Key with { Where = string.Join(", ", group.Select(finding => finding.Where).Distinct()) }),
    ];

    /// <summary><c>error LOOPBACK-PORTS web: What. Do.</c></summary>
    public override string ToString() => $"{Severity.ToString().ToLowerInvariant()} {Text}";
}
