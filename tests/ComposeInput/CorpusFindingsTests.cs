using System.Text;
using Infra.Model;
using Infra.Operations.ComposeInput;
using Infra.Operations.Engine;
using Infra.Operations.Findings;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.ComposeInput;

/// <summary>What is found in the files of the corpus, against what a careful reader says of them.</summary>
public sealed class CorpusFindingsTests
{
    public static TheoryData<string> Cases => [.. CorpusCase.Names];

    /// <summary>What the readers saw and no rule finds, and why: <c>CASE SERVICE RULE reason</c>.</summary>
    private static readonly string[] Unfound = File.ReadAllLines(Repository.PathOf("tests", "ComposeInput", "unfound.txt"));

    [ComposeTheory, MemberData(nameof(Cases))]
    public async Task What_its_reader_saw_is_found_and_what_is_right_is_not(string name)
    {
        var found = await FindAsync(name);
        var truth = CorpusCase.Load(name).Truth;
        var missed = truth.Expect.Where(each => each is { Rule: not null, Service: not null } && !IsFound(found, each))
            .Select(each => $"{name} {each.Service} {each.Rule}");

        missed.Should().BeEquivalentTo(
            Unfound.Where(line => line.StartsWith(name + " ", StringComparison.Ordinal)).Select(line => string.Join(' ', line.Split(' ')[..3]))
        );
        // Something else that the same rule finds is another entry.
        truth.Silent.Where(each => each is { Rule: not null, Service: not null } && IsFound(found, each))
            .Where(each => !truth.Expect.Exists(other => other.Service == each.Service && other.Rule == each.Rule))
            .Select(each => $"{each.Service} {each.Rule}: {each.What}").Should().BeEmpty();
    }

    [ComposeTheory, MemberData(nameof(Cases))]
    public async Task No_word_of_it_is_of_our_own_settings(string name)
    {
        var text = TextReport.Write(await FindAsync(name), CorpusCase.Load(name).Folder);

        text.Should().NotContain("infra:").And.NotContain("infra.sh");
    }

    [ComposeFact]
    public async Task All_of_them_are_as_they_were_accepted()
    {
        var text = new StringBuilder();
        foreach (var name in CorpusCase.Names)
        {
            text.Append(name).Append('\n');
            var found = (await FindAsync(name)).Findings.SelectMany(each => each.Places.Select(place => (place, each.Finding)));
            foreach (var service in found.GroupBy(each => each.place.Subject).OrderBy(group => group.Key, StringComparer.Ordinal))
                text.Append("  ").Append(service.Key).Append(": ").AppendJoin(' ', service.Select(Short)).Append('\n');
        }

        Snapshot.Match(text.ToString(), "ComposeCorpus", "txt");
    }

    // !RULE:LINE, with a mark where it is an error
    private static string Short((FindingPlace Place, Finding Finding) found) =>
        FormattableString.Invariant($"{(found.Finding.Severity == Severity.Error ? "!" : "")}{found.Finding.Rule}:{found.Place.Line}");

    private static bool IsFound(FindingReport report, CorpusFinding asked) =>
        report.Findings.Any(each =>
            (each.Finding.Rule == asked.Rule || (each.Finding.Rule == "PROBE-PROGRAM" && asked.Rule == "HEALTHCHECK"))
            && (asked.Rule!.StartsWith("DOCKERFILE-", StringComparison.Ordinal) || each.Places.Any(place => place.Subject == asked.Service)));

    private static Task<FindingReport> FindAsync(string name)
    {
        var corpus = CorpusCase.Load(name);
        var source = corpus.Source with { Profiles = corpus.Truth.Profiles is { Count: > 0 } profiles ? [.. profiles] : ["*"] };
        return ComposeCheck.RunAsync(new Shell(corpus.Folder), [source], null, corpus.Folder);
    }
}
