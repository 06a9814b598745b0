using Infra.Tests.Offline;

namespace Infra.Tests.House;

/// <summary>A folder is a floor: what it uses does not use it, and its namespace is its path.</summary>
public sealed class FolderCirclesTests
{
    public static TheoryData<string, string> Projects => new()
    {
        { "model", "Infra.Model" },
        { "targets", "Infra.Targets" },
        { "components", "Infra.Components" },
        { "stacks", "Infra.Stacks" },
        { "operations", "Infra.Operations" },
        { "cli", "Infra.Cli" },
        { "infra", "Infra" },
    };

    [Theory, MemberData(nameof(Projects))]
    public void The_folders_of_a_project_form_no_circle(string folder, string assembly)
    {
        var uses = NamespaceUses.Of(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"));

        uses.Circles().Should().BeEmpty("{0}/ has floors", folder);
    }

    [Theory, MemberData(nameof(Projects))]
    public void A_namespace_is_its_folders_path(string folder, string assembly)
        => Directory.EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => (File: Path.GetRelativePath(Repository.PathOf(folder), file), Text: File.ReadAllText(file)))
            .Where(each => each.File.Split('/')[0] is not ("obj" or "bin") && each.Text.Contains("\nnamespace ", StringComparison.Ordinal))
            .Where(each =>
                !each.Text.Contains($"\nnamespace {string.Join('.', [assembly, .. each.File.Split('/')[..^1]])};", StringComparison.Ordinal)
            )
            .Select(each => each.File)
            .Should()
            .BeEmpty();

    [Fact]
    public void A_circle_is_told_by_the_types_that_close_it() =>
        new NamespaceUses([("A", "B", "First", "Second"), ("B", "C", "Second", "Third"), ("C", "A", "Third", "First"), ("A", "D", "First", "Fourth")])
            .Circles()
            .Should()
            .Equal("A → B: First uses Second", "B → C: Second uses Third", "C → A: Third uses First");
}
