using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>A mistake in <c>pulumi config</c> is reported as on the command line: all together, with what to write instead.</summary>
public sealed partial class PulumiConfigTests
{
    [Theory]
    [InlineData("infra:environment: production")]
    [InlineData("infra:environment: prod\n  infra:porxy: {port: 1}")]
    [InlineData("infra:environment: prod\n  infra:services: {web: {port: 99999, memory: 512, prot: 1}}")]
    [InlineData("infra:environment: prod\n  infra:services: 8000")]
    [InlineData("infra:environment: prod\n  infra:app: {secrets: STRIPE_KEY, environment: [A], volumes: {media: [a]}, registry: shop}")]
    [InlineData("infra:environment: prod\n  infra:services: {worker: {queues: {a: b}, ask: pingg, graceSeconds: -1}}")]
    [InlineData("infra:images: docker")]
    [InlineData("infra:environment:\n    secure: AAAA")]
    [InlineData("infra:environment: prod\n  infra:services:\n    secure: AAAA")]
    public void It_is_the_same_message(string lines)
    {
        var yaml = $"config:\n  {lines}\n";
        var expected = Position().Replace(SettingsOf.Problems(yaml, "prod"), "Pulumi.prod.yaml");

        var parse = () => SettingsParser.Parse(AsPulumi(yaml), "shop", "prod");

        expected.Should().NotBeEmpty();
        parse.Should().Throw<SettingsException>().Which.Message.Should().Be(expected);
    }

    [Fact]
    public void A_secret_may_be_encrypted() =>
        SettingsParser
            .Parse(
                PulumiConfiguration.Source(
                    """{"infra:environment": "prod", "infra:postgres-password": "x", "infra:services": "{\"postgres\": {}}"}""",
                    "Pulumi.prod.yaml",
                    """["infra:postgres-password"]"""
                ),
                "shop",
                "prod"
            )
            .Naming.Name.Should()
            .Be("shop-prod");

    [Theory]
    [InlineData("infra:prefix:")]
    [InlineData("infra:logging: ~")]
    [InlineData("infra:app: {tag: null, source: }")]
    public void A_key_without_a_value_is_not_set(string line)
    {
        var settings = SettingsParser.Parse(AsPulumi($"config:\n  infra:environment: prod\n  {line}\n"), "shop", "prod");

        settings.Should().BeEquivalentTo(SettingsParser.Parse(AsPulumi("config:\n  infra:environment: prod\n"), "shop", "prod"));
    }

    [Fact]
    public void Encrypted_keys_are_told_in_order()
    {
        var keys = new[] { "a-first", "b-second", "c-third", "d-fourth", "e-fifth", "f-sixth" };
        var yaml = "config:\n  infra:environment: prod\n" + string.Concat(keys.Reverse().Select(key => $"  infra:{key}: {{secure: AAAA}}\n"));

        var parse = () => SettingsParser.Parse(AsPulumi(yaml), "shop", "prod");

        parse
            .Should()
            .Throw<SettingsException>()
            .Which.Findings.Select(finding => finding.Where)
            .Should()
            .Equal(keys.Select(key => $"Pulumi.prod.yaml infra:{key}"));
    }

    // Pulumi hands everything over as texts, what is structured as JSON, and names the keys that were encrypted; no value is the text "null".
    private static SettingsSource AsPulumi(string yaml)
    {
        var source = SettingsOf.Source(Sample.Complete(yaml), "prod");
        var values = new JsonObject();
        foreach (var (key, value) in source.Values)
            values["infra:" + key] = value is JsonValue ? value.ToString() : value?.ToJsonString() ?? "null";
        foreach (var key in source.Encrypted)
            values["infra:" + key] = "plain";
        return PulumiConfiguration.Source(
            values.ToJsonString(),
            "Pulumi.prod.yaml",
            new JsonArray([.. source.Encrypted.Select(key => JsonValue.Create("infra:" + key))]).ToJsonString()
        );
    }

    [GeneratedRegex(@"Pulumi\.prod\.yaml:\d+:\d+")]
    private static partial Regex Position();
}
