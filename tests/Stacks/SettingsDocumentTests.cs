using System.Text.RegularExpressions;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Stacks.Documents;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>The page of settings, their JSON Schema and <c>Pulumi.prod.yaml</c> are what the settings' declarations say.</summary>
public sealed partial class SettingsDocumentTests
{
    private static readonly string Production = File.ReadAllText(Repository.PathOf("Pulumi.prod.yaml"));

    // What only the five systems have, each documented in its own stack's file.
    private static readonly string[] OfSystems = ["system", "containerNames", "gateway", "localstack", "ollama", "chroma", "app.liveSource"];

    public static TheoryData<string> ProductionKeys => [.. SettingsParser.Declared(EnvironmentKind.Prod)
        .Where(setting => setting.Kind is not null && !setting.Path.StartsWith("probes.", StringComparison.Ordinal))
        .Select(setting => setting.Path).Where(path => !OfSystems.Any(own => path == own || path.StartsWith(own + ".", StringComparison.Ordinal)))];

    /// <summary>The file with every default written out instead of commented.</summary>
    private static string Full => Commented().Replace(Production, "$1$2");

    [Fact]
    public void The_page_has_their_tables()
        => Document.Match(SettingsTables.Fill(File.ReadAllText(Repository.PathOf("docs", "settings.md"))), "docs", "settings.md");

    [Fact]
    public void The_schema_is_theirs() => Document.Match(SettingsSchema.Write(), "docs", "settings.schema.json");

    [Fact]
    public void A_page_without_a_sections_table_is_refused()
        => FluentActions.Invoking(() => SettingsTables.Fill("<!-- settings web -->\n<!-- end -->\n")).Should().Throw<ArgumentException>()
            .WithMessage("The page has no table of app, *").WithMessage("*Write <!-- settings app --> and <!-- end --> where it belongs.");

    [Theory, MemberData(nameof(ProductionKeys))]
    public void Each_is_in_the_production_stacks_file(string key)
        => SettingsOf.Source(Full, "prod").Positions.Keys.Should().Contain(key);

    [Fact]
    public void The_defaults_in_the_file_are_those_of_the_parser()
        => SettingsOf.Text(Full, "prod").Should().BeEquivalentTo(SettingsOf.Text(Production, "prod"), options => options.ComparingRecordsByMembers());

    [Fact]
    public void A_setting_that_is_gone_is_gone_from_the_file()
        => SettingsOf.Problems(Full, "prod").Should().BeEmpty();

    // "  # infra:beat:" and "    # port: 1", not a sentence
    [GeneratedRegex(@"^( *)# ( *[a-z][A-Za-z:]*:(?: .*)?)$", RegexOptions.Multiline)]
    private static partial Regex Commented();
}
