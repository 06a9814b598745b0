using Infra.Stacks.Configuration;

namespace Infra.Tests.Stacks;

public sealed class NearestTests
{
    private static readonly string[] Verbs = ["preview", "compose", "up", "down", "status"];

    [Theory]
    [InlineData("previw", "preview")]
    [InlineData("stauts", "status")]
    [InlineData("UP", "up")]
    [InlineData("pu", null)]
    [InlineData("dwon", "down")]
    [InlineData("frobnicate", null)]
    [InlineData("x", null)]
    public void Is_what_somebody_probably_meant(string word, string? name) => Nearest.To(word, Verbs).Should().Be(name);

    [Fact]
    public void Of_two_that_are_as_near_the_first_in_the_alphabet_is_offered() => Nearest.To("porx", ["port", "pork"]).Should().Be("pork");

    [Fact]
    public void Nothing_is_near_where_there_is_nothing() => Nearest.To("dev", []).Should().BeNull();

    [Fact]
    public void A_hint_follows_a_sentence_where_something_is_near() =>
        (Nearest.Hint("previw", Verbs), Nearest.Hint("x", Verbs)).Should().Be((" Did you mean 'preview'?", ""));

    [Fact]
    public void A_hint_of_its_own_gives_way_to_another_sentence_where_nothing_is_near() =>
        (Nearest.HintOr("previw", Verbs, "Write a verb."), Nearest.HintOr("x", Verbs, "Write a verb."))
            .Should()
            .Be(("Did you mean 'preview'?", "Write a verb."));
}
