using Infra.Model;
using Infra.Operations.ComposeInput;
using Infra.Tests.Model.Rules;

namespace Infra.Tests.ComposeInput;

public sealed class AdviceTests
{
    /// <summary>What a rule finds is worded for Compose, or known to make no sense there: nothing is dropped by mistake.</summary>
    [Fact]
    public void Every_finding_of_every_rule_is_known()
    {
        var findings = BrokenTopologies.All.SelectMany(broken => BrokenTopologies.Rule(broken.Rule).Check(broken.Topology));

        findings.Where(finding => !ComposeReview.Knows(finding)).Select(finding => $"{finding.Aspect} of {finding}").Should().BeEmpty();
    }

    [Fact]
    public void What_nothing_is_known_of_is_told_from_what_is() =>
        ComposeReview.Knows(new Finding("LIMITS", Severity.Error, "web", "What.", "Do.") { Aspect = "gold" }).Should().BeFalse();
}
