using Infra.Model.Rules;
using Infra.Operations.ComposeInput.Rules;
using Infra.Tests.Support;

namespace Infra.Tests.ComposeInput;

/// <summary>Each rule on somebody else's Compose file: one that breaks it, and one that is right.</summary>
public sealed class ComposeRulesTests
{
    // Compose refuses what would break them, or they are of our own stacks alone.
    private static readonly string[] Without = ["NO-CYCLES", "START-FIRST"];

    public static IEnumerable<object[]> Examples => ComposeExamples.All.Select((example, index) => new object[] { index, example.Rule });

    [ComposeTheory, MemberData(nameof(Examples))]
    public async Task Finds_what_is_wrong_and_nothing_where_it_is_right(int index, string rule)
    {
        var example = ComposeExamples.All[index];
        using var broken = Project(example.Breaks);
        using var sound = Project(example.Keeps);

        (await broken.FindAsync(rule)).Should().ContainSingle(line => line.Contains(example.Found, StringComparison.Ordinal));
        (await sound.FindAsync(rule)).Should().BeEmpty();
    }

    [Fact]
    public void Each_rule_has_an_example() =>
        ComposeExamples.All.Select(example => example.Rule).Distinct().Should()
            .BeEquivalentTo(AllRules.List.Select(rule => rule.Id).Union(ComposeRules.List.Select(rule => rule.Id)).Except(Without));

    private static CheckedFile Project(string services) =>
        new CheckedFile()
            .With("Dockerfile", "FROM python:3.13-slim\nCOPY . /app\nRUN pip install shop\n")
            .With(".env.app", "API_TOKEN=abcdef\n")
            .With("logs/.keep", "")
            .With("src/a.py", "")
            .With("compose.yaml", $"services:\n  {services}\n");
}
