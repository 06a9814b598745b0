using Infra.Model.Dockerfiles.Rules;
using Infra.Model.Rules;
using Infra.Operations.ComposeInput.Rules;
using Infra.Tests.Offline;

namespace Infra.Tests.House;

public sealed class RulesDocumentTests
{
    private static readonly string[] Page = File.ReadAllLines(Repository.PathOf("docs", "rules.md"));

    [Fact]
    public void Every_rule_is_on_the_page_in_its_own_words() =>
        Rows("| rule | severity | what holds |")
            .Should()
            .Equal(AllRules.List.Select(rule => $"| `{rule.Id}` | {rule.Severity.ToString().ToLowerInvariant()} | {rule.Title} |"));

    [Fact]
    public void Every_rule_for_Dockerfiles_is_there_too()
        => Rows("| rule | what holds |").Should().StartWith(DockerfileReview.Rules.Select(rule => $"| `{rule.Id}` | {rule.Title} |"));

    [Fact]
    public void Every_rule_for_Compose_files_alone_is_there_too()
        => Rows("| rule of Compose files | severity | what holds |").Should().Equal(
            ComposeRules.List.Where(rule => AllRules.List.All(known => known.Id != rule.Id))
                .Select(rule => $"| `{rule.Id}` | {rule.Severity.ToString().ToLowerInvariant()} | {rule.Title} |"));

    private static IEnumerable<string> Rows(string head) => Page.SkipWhile(line => line != head).Skip(2).TakeWhile(line => line.StartsWith('|'));
}
