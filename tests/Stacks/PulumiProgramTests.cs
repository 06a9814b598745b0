using Infra.Components;
using Infra.Model;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

public sealed class PulumiProgramTests
{
    [Fact]
    public void The_settings_are_read_as_Pulumi_hands_them_over()
    {
        var settings = Parse("""
            {
              "aws:region": "eu",
              "infra:environment": "prod",
              "infra:services": "{\"web\": {\"port\": 8080, \"memory\": \"1GiB\", \"command\": [\"serve\", \"--fast\"]}}",
              "infra:proxy": "{\"enabled\": false}",
              "infra:app": "{\"environment\": {\"WORKERS\": 4, \"DEBUG\": false}, \"secrets\": [\"STRIPE_KEY\"]}",
              "infra:stripe-key": "{not json"
            }
            """);

        settings.Environment.Should().Be(EnvironmentKind.Prod);
        settings.Args<WebArgs>("web").Port.Should().Be(8080);
        settings.Args<WebArgs>("web").Command.Should().Equal("serve", "--fast");
        settings.App.Process.Environment.Select(pair => $"{pair.Key}={pair.Value}").Should().Equal("DEBUG=false", "WORKERS=4");
    }

    [Fact]
    public void A_finding_names_the_file_and_the_key()
    {
        var parse = () => Parse("""{"infra:environment": "dev", "infra:services": "{\"web\": {\"port\": \"x\"}}"}""");

        parse.Should().Throw<SettingsException>().WithMessage(
            "Pulumi.dev.yaml infra:services.web.port: 'x' is not a whole number from 1 to 65535. Write a whole number from 1 to 65535.");
    }

    [Fact]
    public void A_key_of_the_projects_own_namespace_is_read_by_nobody()
    {
        var parse = () =>
            SettingsParser.Parse(
                PulumiConfiguration.Source(
                    """{"infra:environment": "dev", "infra:services": "{\"web\": {}}", "shop:proxy": "{}", "shop:motto": "more"}""",
                    "Pulumi.dev.yaml",
                    project: "shop"
                ),
                "shop",
                "dev"
            );

        parse
            .Should()
            .Throw<SettingsException>()
            .WithMessage("Pulumi.dev.yaml shop:proxy: It does not begin with 'infra:', so it is ignored. Write 'infra:proxy'.");
    }

    [Fact]
    public void No_configuration_at_all_is_told_in_two_lines()
    {
        var parse = () => Parse(null);

        parse.Should().Throw<SettingsException>().WithMessage(
            "Pulumi.dev.yaml infra:environment: It is not set. Set it to dev or prod.\n"
                + "Pulumi.dev.yaml infra:services: It names no service, so nothing would run. "
                + "Name them: infra:services: { postgres: {}, web: { command: … } }. See docs/settings.md.");
    }

    [Fact]
    public async Task What_is_missing_in_the_folder_is_told_before_anything_is_registered()
    {
        using var root = new TemporaryRoot();
        var source = PulumiConfiguration.Source(
            """{"infra:environment": "dev", "infra:services": "{\"web\": {}}", "infra:app": "{\"context\": \"nowhere\"}"}""",
            "Pulumi.dev.yaml"
        );
        var settings = SettingsParser.Parse(source, "shop", "dev");
        var stack = new ReviewedStack(new Workspace(root.Path), settings, source, await StackFactory.GatherAsync(settings));

        var findings = StackReview.Find(stack, ReviewPoints.Program);

        findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.ToString()).Should().Equal(
            "error FILES app: The folder 'nowhere' that its image is built from is not there. Set infra:app.context to your application's folder.");
    }

    [Theory]
    [InlineData("LOOPBACK-PORTS", Severity.Waived)]
    [InlineData("LIMITS", Severity.Error)]
    public async Task What_is_waived_is_no_error_there_either(string rule, Severity severity)
    {
        using var root = new TemporaryRoot();
        Directory.CreateDirectory(Path.Combine(root.Path, "app"));
        const string Services = """
            {
              "infra:environment": "dev",
              "infra:services": "{\"redis\": {\"ports\": [\"0.0.0.0:18125:25\"]}}",
              "infra:waivers": "{\"RULE\": \"why not\"}"
            }
            """;
        var source = PulumiConfiguration.Source(Services.Replace("RULE", rule, StringComparison.Ordinal), "Pulumi.dev.yaml");
        var settings = SettingsParser.Parse(source, "shop", "dev");
        var stack = new ReviewedStack(new Workspace(root.Path), settings, source, await StackFactory.GatherAsync(settings));

        var findings = StackReview.Find(stack, ReviewPoints.Program);

        findings.Single(finding => finding.Rule == "LOOPBACK-PORTS").Severity.Should().Be(severity);
        findings.Any(finding => finding.Rule == "WAIVERS").Should().Be(severity == Severity.Error);
    }

    private static Settings Parse(string? configuration)
        => SettingsParser.Parse(PulumiConfiguration.Source(configuration, "Pulumi.dev.yaml"), "shop", "dev");
}
