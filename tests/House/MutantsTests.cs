using System.Text.RegularExpressions;
using Infra.Tests.Offline;

namespace Infra.Tests.House;

/// <summary>The mutations of <c>tests/mutants.sh</c> still apply: each once, and no two to one statement.</summary>
public sealed partial class MutantsTests
{
    private static readonly string[] Subjects = ["targets/", "components/", "stacks/", "samples/"];

    private static readonly Mutation[] All = [.. Read(File.ReadAllText(Repository.PathOf("tests", "mutants.txt")))];

    [Fact]
    public void There_are_at_least_a_hundred_over_targets_components_stacks_and_samples()
    {
        All.Should().HaveCountGreaterThanOrEqualTo(100);
        Subjects.Should().OnlyContain(subject => All.Any(mutation => mutation.File.StartsWith(subject, StringComparison.Ordinal)));
        All.Where(mutation => mutation.File.StartsWith("samples/", StringComparison.Ordinal)).Select(mutation => Path.GetFileName(mutation.File))
            .Should().OnlyContain(name => name.EndsWith("Dockerfile", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_changes_a_text_that_is_in_its_file_once() =>
        All.Select(mutation => (mutation, Count: Content(mutation).Split(mutation.Text).Length - 1))
            .Where(each => each.Count != 1 || each.mutation.Text == each.mutation.Other)
            .Select(each =>
                $"{each.mutation.File}: '{each.mutation.Text}' is there {each.Count} times. "
                + "Write in tests/mutants.txt what stands there now, or leave the mutation out."
            )
            .Should()
            .BeEmpty();

    [Fact]
    public void No_two_touch_one_statement() =>
        All.Where(mutation => Content(mutation).Contains(mutation.Text, StringComparison.Ordinal))
            .GroupBy(mutation => (mutation.File, Start: Statement(mutation)))
            .Where(group => group.Count() > 1)
            .Select(group => $"{group.Key.File}: {string.Join(" and ", group.Select(mutation => $"'{mutation.Text}'"))} are in one statement.")
            .Should()
            .BeEmpty();

    [Fact]
    public async Task The_script_lists_one_a_line()
    {
        if (OperatingSystem.IsWindows()) return;

        var listed = await Command.RunAsync("bash", [Repository.PathOf("tests", "mutants.sh"), "--list"], new Dictionary<string, string?>());

        listed.Output.Split('\n')[..^1].Should()
            .Equal(All.Select(mutation => $"{mutation.File}: {mutation.Text.TrimStart(' ')} → {mutation.Other.TrimStart(' ')}"));
    }

    private static string Content(Mutation mutation) => File.ReadAllText(Repository.PathOf(mutation.File));

    // The line after the last one that ended a statement, a field of an initializer, an element or an instruction.
    private static int Statement(Mutation mutation)
    {
        var before = Content(mutation)[..Content(mutation).IndexOf(mutation.Text, StringComparison.Ordinal)];
        var ends = mutation.File.EndsWith(".cs", StringComparison.Ordinal) ? Ends() : Instruction();
        return ends.Matches(before).LastOrDefault()?.Index ?? 0;
    }

    private static IEnumerable<Mutation> Read(string text)
    {
        foreach (var block in text.Split("\n\n"))
        {
            var lines = block.Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToArray();
            if (lines.Length == 0) continue;
            lines.Should().HaveCount(3, "a mutation is a file, '- ' and its text, '+ ' and what stands there instead: {0}", block);
            yield return new Mutation(lines[0], lines[1][2..], lines[2][2..]);
        }
    }

    [GeneratedRegex(@"[;,{}\[\]]\s*\n")]
    private static partial Regex Ends();

    [GeneratedRegex(@"[^\\]\n")]
    private static partial Regex Instruction();

    private sealed record Mutation(string File, string Text, string Other);
}
