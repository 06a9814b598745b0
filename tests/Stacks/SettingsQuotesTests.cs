using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>A text that YAML reads as a number, a date or a truth value is told to be quoted.</summary>
public sealed class SettingsQuotesTests
{
    [Theory]
    [InlineData("3.10")]
    [InlineData("1.0")]
    [InlineData("010")]
    [InlineData("+1")]
    [InlineData("1e3")]
    [InlineData("0x1F")]
    [InlineData("1_000")]
    [InlineData(".inf")]
    [InlineData("2026-11-25")]
    [InlineData("yes")]
    [InlineData("True")]
    public void A_text_without_quotes_that_Pulumi_would_spell_in_its_own_way_is_told(string text) =>
        SettingsOf
            .Problems($"config:\n  infra:environment: dev\n  infra:app:\n    environment:\n      KEY: {text}\n")
            .Should()
            .Be(
                "Pulumi.dev.yaml:5:7 infra:app.environment.KEY: "
                    + $"Without quotes, {text} is a number, a date or a truth value to Pulumi, which spells it in its own way. Write \"{text}\"."
            );

    [Theory]
    [InlineData("3.14")]
    [InlineData("10")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("0.5")]
    [InlineData("2026010100000000000")]
    [InlineData("1.2.3")]
    [InlineData("true")]
    [InlineData("\"3.10\"")]
    [InlineData("'yes'")]
    [InlineData("12:30")]
    public void What_is_spelled_the_same_needs_no_quotes(string text) =>
        SettingsOf.Problems($"config:\n  infra:environment: dev\n  infra:app:\n    environment:\n      KEY: {text}\n").Should().BeEmpty();

    [Fact]
    public void Words_of_a_list_and_single_texts_are_held_to_it_too_and_numbers_are_not() =>
        SettingsOf
            .Problems(
                "config:\n  infra:environment: dev\n  infra:app:\n    build: { python: 3.10 }\n    source: [src, 1.0]\n  "
                    + "infra:services: {web: { cpus: 1.0 }}\n"
            )
            .Split('\n')
            .Should()
            .HaveCount(2)
            .And.Contain(line => line.Contains("infra:app.build.python: Without quotes, 3.10 is"))
            .And.Contain(line => line.Contains("infra:app.source[1]: Without quotes, 1.0 is"));
}
