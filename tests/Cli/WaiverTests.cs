using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>Findings that somebody has decided to live with.</summary>
public sealed class WaiverTests
{
    private const string Open = "config:\n  infra:environment: dev\n  infra:services:\n    web:\n      ports: [\"0.0.0.0:18125:25\"]\n";

    private const string Message = "LOOPBACK-PORTS web: port 18125 is published on 0.0.0.0, open to every machine that reaches this one.";

    [Theory]
    [InlineData("LOOPBACK-PORTS")]
    [InlineData("LOOPBACK-PORTS.web")]
    public async Task A_waived_finding_is_listed_with_its_reason_and_no_error(string waiver)
    {
        using var run = Project($"  infra:waivers: {{ {waiver}: mail from the next room }}\n");

        (await run.RunAsync("check", "dev")).Should().Be(0, run.Error);
        run.Error.Should().Contain($"waived {Message} Waived: mail from the next room");
        run.Out.Should().Contain("0 errors, ").And.Contain(", 1 waived.");
    }

    [Fact]
    public async Task One_that_is_not_waived_is_an_error()
    {
        using var run = Project("  infra:waivers: { LOOPBACK-PORTS.worker: another's }\n");

        (await run.RunAsync("check", "dev")).Should().Be(1);
        run.Error.Should().Contain($"error {Message}").And.Contain("warning WAIVERS Pulumi.dev.yaml:").And.Contain(
            ":20 infra:waivers.LOOPBACK-PORTS.worker: It waives nothing: LOOPBACK-PORTS finds nothing of this alone. "
                + "Drop it, or write the rule and the service as check shows them."
        );
        run.Out.Should().Contain("1 error, ").And.NotContain("waived.");
    }

    [Fact]
    public async Task A_check_is_written_for_programs_too()
    {
        using var run = Project("  infra:waivers: { LOOPBACK-PORTS: mail from the next room }\n");

        (await run.RunAsync("check", "dev", "--format", "json")).Should().Be(0, run.Error);
        var check = JsonNode.Parse(run.Out)!;
        ((int)check["errors"]!, (int)check["waived"]!).Should().Be((0, 1));
        var finding = check["findings"]!.AsArray().Single(finding => (string)finding!["severity"]! == "waived")!;
        ((string)finding["rule"]!, (string)finding["where"]!).Should().Be(("LOOPBACK-PORTS", "web"));
        ((string)finding["reason"]!).Should().Be("mail from the next room");
    }

    [Fact]
    public async Task Up_and_preview_take_the_same_list()
    {
        using var run = Project("  infra:waivers: { LOOPBACK-PORTS: mail from the next room }\n");

        (await run.RunAsync("preview", "dev")).Should().Be(0, run.Error);
        run.Out.Should().Contain("waived LOOPBACK-PORTS").And.NotContain("error LOOPBACK-PORTS");

        await run.RunAsync("up", "dev", "--engine", "compose");
        run.Error.Should().NotContain("error LOOPBACK-PORTS").And.NotContain("Nothing was started. Fix the errors above");
    }

    [Theory]
    [InlineData("TARGET-COMPOSE: no", "infra:waivers.TARGET-COMPOSE: Findings of TARGET-COMPOSE cannot be waived: the stack would not run.")]
    [InlineData("SETTINGS: no", "Findings of SETTINGS cannot be waived")]
    [InlineData("SECRETS.web: no", "Findings of SECRETS cannot be waived")]
    [InlineData("limits: no", "infra:waivers.limits: 'limits' is not a rule. Write RULE or RULE.SERVICE as check shows them: LIMITS, LIMITS.web.")]
    [InlineData("LIMITS: \" \"", "infra:waivers.LIMITS: It gives no reason. Write why the finding does no harm here.")]
    public void Say_what_is_wrong(string waiver, string message) =>
        SettingsOf.Problems($"config:\n  infra:environment: dev\n  infra:waivers: {{ {waiver} }}\n").Should().Contain(message);

    [Fact]
    public void A_finding_of_several_services_is_waived_for_all_of_them_or_not_at_all()
    {
        var finding = new Finding("UNIQUE-NAMES", Severity.Error, "web, worker", "One name.", "Give each its own.");

        Of("UNIQUE-NAMES.web").Apply([finding]).Single().Severity.Should().Be(Severity.Error);
        Of("UNIQUE-NAMES.web", "UNIQUE-NAMES.worker").Apply([finding]).Single().ToString().Should()
            .Be("waived UNIQUE-NAMES web, worker: One name. Waived: because");
        Of("UNIQUE-NAMES.web").Useless([finding]).Should().Equal("UNIQUE-NAMES.web");
        Of("UNIQUE-NAMES").Useless([finding]).Should().BeEmpty();
    }

    [Fact]
    public void What_would_not_run_is_never_waived()
    {
        var finding = new Finding("TARGET-PULUMI", Severity.Error, "web", "It cannot.", "Leave it.");

        Of("TARGET-PULUMI").Apply([finding]).Should().Equal(finding);
    }

    private static Waivers Of(params string[] keys) => new(Waivers.None.Reasons.AddRange(keys.Select(key => KeyValuePair.Create(key, "because"))));

    private static CommandLineRun Project(string waivers)
    {
        var run = new CommandLineRun();
        run.Write("Pulumi.dev.yaml", Open + waivers);
        return run;
    }
}
