using Infra.Model;
using Infra.Model.Rules;
using Infra.Tests.Support;

namespace Infra.Tests.Model.Rules;

public sealed class EveryRuleTests
{
    public static IEnumerable<object[]> Broken => BrokenTopologies.All.Select((broken, index) => new object[] { index, broken.Rule });

    [Theory, MemberData(nameof(Broken))]
    public void Tells_where_what_and_what_to_do(int index, string rule)
    {
        var broken = BrokenTopologies.All[index];

        var findings = BrokenTopologies.Rule(rule).Check(broken.Topology);

        findings.Select(finding => finding.ToString()).Should().Equal(broken.Messages);
    }

    [Fact]
    public void Can_fail()
    {
        var examples = BrokenTopologies.All.Select(broken => broken.Rule).Distinct();

        examples.Should().BeEquivalentTo(AllRules.List.Select(rule => rule.Id));
    }

    [Fact]
    public void Speaks_in_sentences()
    {
        var findings = BrokenTopologies.All.SelectMany(broken => Review.Run(broken.Topology));

        findings.Should().OnlyContain(finding => finding.What.EndsWith('.') && finding.Do.EndsWith('.') && finding.Where.Length > 0);
    }

    [Fact]
    public void Finds_nothing_in_a_sound_topology()
    {
        var topology = Specs.Topology(
            Specs.Store("db", ServiceRole.Database),
            Specs.Job().Waits(new Wait("db")),
            Specs.Web().Waits(new("db"), new("migrate", WaitCondition.Completed)),
            Specs.Worker(),
            Specs.Beat(),
            Specs.Service("proxy", ServiceRole.Proxy) with
            {
                Ports = [new Port(80, 80) { Address = "0.0.0.0" }],
            }
        );

        Review.Run(topology).Should().BeEmpty();
    }

    [Fact]
    public void Is_part_of_a_review_that_puts_errors_first()
    {
        var findings = Review.Run(Specs.Topology(Specs.Web() with { Pids = null, Capabilities = null, Logging = null, Health = null }));

        findings.Select(finding => $"{finding.Severity} {finding.Rule}").Should().Equal(
            "Error HEALTHCHECK", "Error LOG-ROTATION", "Warning UNPRIVILEGED", "Warning LIMITS");
    }
}
