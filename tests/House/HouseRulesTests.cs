using System.Text.RegularExpressions;
using System.Xml.Linq;
using Infra.Tests.Offline;

namespace Infra.Tests.House;

public sealed partial class HouseRulesTests
{
    private const int MostLines = 200;
    private const int MostLinesOfATest = 250;
    private const int MostColumns = 150;

    private static readonly string[] Order = ["model", "targets", "components", "stacks", "operations", "cli", "infra"];

    [Fact]
    public void The_model_needs_no_package() => References("model", "PackageReference").Should().BeEmpty();

    [Theory]
    [InlineData("model")]
    [InlineData("targets")]
    [InlineData("components")]
    [InlineData("stacks")]
    [InlineData("operations")]
    [InlineData("cli")]
    [InlineData("infra")]
    public void References_run_one_way(string folder)
    {
        var below = Order.TakeWhile(name => name != folder).ToArray();

        References(folder, "ProjectReference").Select(path => path.Split('/')[1]).Should().BeSubsetOf(below);
    }

    [Fact]
    public void No_folder_but_offline_knows_which_Pulumi_it_is_compiled_against()
        => Sources().Where(file => File.ReadLines(file).Any(line => line.TrimStart().StartsWith("#if", StringComparison.Ordinal))).Should().BeEmpty();

    [Fact]
    public void Files_stay_small()
        => Sources().Where(file => File.ReadLines(file).Count() > (file.Contains("/tests/", StringComparison.Ordinal) ? MostLinesOfATest : MostLines))
            .Should().BeEmpty();

    [Fact]
    public void Lines_stay_narrow()
    {
        var wide =
            from file in Sources(["offline", "bench", "samples"])
            from line in File.ReadLines(file).Index()
            where line.Item.Length > MostColumns
            select FormattableString.Invariant($"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1}");

        wide.Should().BeEmpty($"a line has at most {MostColumns} columns");
    }

    [Fact]
    public void Type_tokens_are_literals_and_each_is_its_own()
    {
        var tokens = Directory.EnumerateFiles(Path.Combine(Repository.Root, "components"), "*.cs")
            .SelectMany(file => Token().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)).ToArray();

        tokens.Should().HaveCountGreaterThan(7).And.OnlyHaveUniqueItems().And.OnlyContain(token => token.StartsWith("infra:components:"));
    }

    [Fact]
    public void The_root_of_components_holds_one_component_a_file() =>
        Directory
            .EnumerateFiles(Repository.PathOf("components"), "*.cs")
            .Where(file => Component().Count(File.ReadAllText(file)) != 1)
            .Select(Path.GetFileName)
            .Should()
            .BeEmpty("what components share lies in the folders");

    [Fact]
    public void Each_component_has_tests_of_its_own() =>
        Directory
            .EnumerateFiles(Repository.PathOf("components"), "*.cs")
            .Select(Path.GetFileNameWithoutExtension)
            .Where(name => !IsTested(name!))
            .Should()
            .BeEmpty("tests/Components/XTests.cs says what X.Describe gives");

    [Fact]
    public void Every_link_of_the_documents_leads_somewhere()
    {
        var documents = Directory
            .EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories));
        var broken =
            from document in documents
            from Match link in Link().Matches(File.ReadAllText(document))
            let target = Path.Combine(Path.GetDirectoryName(document)!, link.Groups[1].Value)
            where !Path.Exists(target)
            select $"{Path.GetFileName(document)} → {link.Groups[1].Value}";

        broken.Should().BeEmpty();
    }

    private static bool IsTested(string component)
    {
        var tests = Repository.PathOf("tests", "Components", component + "Tests.cs");
        return File.Exists(tests) && Regex.IsMatch(File.ReadAllText(tests), $@"\b{component}\s*\.Describe\(|\bnew {component}\(");
    }

    private static IEnumerable<string> References(string folder, string kind)
        => XDocument.Load(Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj").Single()).Descendants(kind)
            .Select(reference => reference.Attribute("Include")!.Value);

    private static IEnumerable<string> Sources(params string[] further) => Order.Append("tests").Concat(further).SelectMany(folder =>
        Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)));

    [GeneratedRegex(@"const string Kind = ""([^""]+)""")]
    private static partial Regex Token();

    [GeneratedRegex(@"\bclass \w+(\([^)]*\))?\s+: (ServiceComponent|ComponentResource)\b")]
    private static partial Regex Component();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)")]
    private static partial Regex Link();
}
