using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Stacks.Documents;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>The page of settings and their JSON Schema are what the settings' declarations say, and the projects' own files fit.</summary>
public sealed class SettingsDocumentTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "settings.md"));

    public static TheoryData<string> Kinds => [.. Declared.Where(setting => setting.IsMapOfKinds)
        .SelectMany(map => Declared.Where(setting => setting.Kind is null && setting.Path == $"{map.Path}.{setting.Key}"))
        .Select(setting => setting.Key)];

    private static IReadOnlyList<Setting> Declared => SettingsParser.Declared(EnvironmentKind.Prod);

    [Fact]
    public void The_page_has_their_tables() => Document.Match(SettingsTables.Fill(Page), "docs", "settings.md");

    [Fact]
    public void The_schema_is_theirs() => Document.Match(SettingsSchema.Write(), "docs", "settings.schema.json");

    [Fact]
    public void A_page_without_a_sections_table_is_refused()
        => FluentActions.Invoking(() => SettingsTables.Fill("<!-- settings proxy -->\n<!-- end -->\n")).Should().Throw<ArgumentException>()
            .WithMessage("The page has no table of app, *").WithMessage("*Write <!-- settings app --> and <!-- end --> where it belongs.");

    [Fact]
    public void A_page_without_a_kinds_table_is_refused()
        => FluentActions.Invoking(() => SettingsTables.Fill(Page.Replace("<!-- settings services.web -->", "", StringComparison.Ordinal)))
            .Should().Throw<ArgumentException>().WithMessage("The page has no table of services.web.*");

    [Fact]
    public void Every_setting_stands_in_a_table_of_the_page()
        => Declared.Where(setting => setting.Kind is not null)
            .Where(setting => !Page.Contains($"| `{Row(setting)}` | {setting.Kind!.Name} |", StringComparison.Ordinal))
            .Select(setting => setting.Path).Should().BeEmpty();

    [Theory, MemberData(nameof(Kinds))]
    public void No_key_of_a_kind_stands_in_two_of_its_tables(string kind)
    {
        string[] tables = ["services", "services.processes", $"services.{kind}"];

        // What never runs here has of every kind's keys but those that name it.
        var rows = tables.Where(table => table != "services.processes" || IsProcess(kind)).SelectMany(Rows)
            .Where(row => kind != "external" || Keys(kind).Contains(row)).ToArray();

        rows.Should().OnlyHaveUniqueItems();
        rows.Order().Should().Equal(Keys(kind).Order());
    }

    // "services.web.probe.tcp" is the row `probe.tcp`, "monitoring.grafana.port" the row `grafana.port`.
    private static string Row(Setting setting) => setting.Path.Split('.') switch
    {
        [var only] => only,
        ["services", _, .. var inner] => string.Join('.', inner),
        [_, .. var inner] => string.Join('.', inner),
        _ => "",
    };

    private static IEnumerable<string> Keys(string kind)
        => Declared.Where(setting => setting.Path.StartsWith($"services.{kind}.", StringComparison.Ordinal)).Select(Row);

    private static bool IsProcess(string kind) => Keys(kind).Contains("environment");

    private static IEnumerable<string> Rows(string table)
    {
        var begin = $"<!-- settings {table} -->\n";
        var start = Page.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        return Page[start..Page.IndexOf("<!-- end -->", start, StringComparison.Ordinal)].Split('\n')
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);
    }
}
