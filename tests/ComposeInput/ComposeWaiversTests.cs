using Infra.Operations.Findings;
using Infra.Operations.Foundation;
using Infra.Tests.Support;

namespace Infra.Tests.ComposeInput;

/// <summary>Findings on somebody's Compose file that are lived with, and why.</summary>
public sealed class ComposeWaiversTests : IDisposable
{
    private readonly CheckedFile project = new();

    public void Dispose() => project.Dispose();

    [ComposeTheory]
    [InlineData("ports: ['80:80'] # infra-waive LOOPBACK-PORTS everybody is meant to reach it", "Waived: everybody is meant to reach it")]
    [InlineData("# infra-waive LOOPBACK-PORTS: it is the front\n    ports: ['80:80']", "Waived: it is the front")]
    [InlineData("ports: # infra-waive LOOPBACK-PORTS it is the front\n    - '80:80'", "Waived: it is the front")]
    public async Task A_comment_at_the_key_waives_what_is_there(string ports, string waived)
    {
        project.With(
            "compose.yaml",
            $"services:\n  web:\n    image: acme/shop:1.2\n    {ports}\n  other:\n    image: acme/shop:1.2\n    ports: ['81:81']\n"
        );

        (await project.FindAsync("LOOPBACK-PORTS")).Should().HaveCount(2).And.ContainSingle(line => line.EndsWith(waived, StringComparison.Ordinal));
        (await project.FindAsync("WAIVERS")).Should().BeEmpty();
    }

    [ComposeFact]
    public async Task A_comment_at_a_service_is_about_all_of_it_and_about_no_other()
    {
        project.With(
            "compose.yaml",
            "services:\n  web: # infra-waive HEALTHCHECK it is a toy\n    image: acme/shop:1.2\n  other:\n    image: acme/shop:1.2\n"
        );

        (await project.FindAsync("HEALTHCHECK")).Should().HaveCount(2).And.ContainSingle(line => line.Contains("waived HEALTHCHECK web:"))
            .And.ContainSingle(line => line.Contains("warning HEALTHCHECK other:"));
    }

    [ComposeFact]
    public async Task A_file_waives_a_rule_everywhere_or_of_one_service()
    {
        project.With("compose.yaml", "services:\n  web: { image: acme/shop:1.2 }\n  other: { image: acme/shop:1.2 }\n");
        var waivers = project.With("ours.yaml", "HEALTHCHECK: toys\nRESTART.web: a toy\n").Path + "/ours.yaml";

        var report = TextReport.Write(await project.CheckAsync(waivers), project.Path);

        report.Should().Contain("waived HEALTHCHECK web, other (line 3): ").And.Contain("waived RESTART web: ").And.Contain("warning RESTART other: ")
            .And.Contain(", 2 waived.");
    }

    [ComposeFact]
    public async Task One_that_is_of_no_use_is_found_where_it_stands()
    {
        project.With("compose.yaml", "services:\n  web: # infra-waive MOUNTS none\n    image: acme/shop:1.2 # infra-waive HEALTHCHECK\n")
            .With(".infra-waivers.yaml", "\nNO-RULE: because\nRESTART.web: ''\n");

        (await project.FindAsync("WAIVERS")).Should().Equal(
            "compose.yaml:2:8: warning WAIVERS MOUNTS: it waives nothing: the rule finds nothing there. Drop it, or write it where the finding is.",
            "compose.yaml:3:26: warning WAIVERS HEALTHCHECK: it gives no reason. Write behind the rule why the finding does no harm here.",
            ".infra-waivers.yaml:2:1: warning WAIVERS NO-RULE: 'NO-RULE' is not a rule. Write the rule as check shows it.",
            ".infra-waivers.yaml:3:1: warning WAIVERS RESTART.web: it gives no reason. Write behind the rule why the finding does no harm here."
        );
        (await project.FindAsync("HEALTHCHECK")).Should().ContainSingle(line => line.Contains("warning HEALTHCHECK web:"));
    }

    [ComposeTheory]
    [InlineData("- LIMITS", "It is no map")]
    [InlineData("LIMITS: [", "This is not YAML")]
    public async Task A_file_that_is_no_list_of_waivers_is_refused(string text, string message)
    {
        project.With("compose.yaml", "services: { web: { image: acme/shop:1.2 } }\n").With(".infra-waivers.yaml", text);

        var checking = () => project.CheckAsync();

        (await checking.Should().ThrowAsync<UserErrorException>()).Which.Message.Should().Contain(".infra-waivers.yaml").And.Contain(message);
    }
}
