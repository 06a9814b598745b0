using System.Text.RegularExpressions;
using Infra.Stacks.Configuration;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>The parser, <c>docs/settings.md</c> and <c>Pulumi.prod.yaml</c> know the same settings, with the same defaults.</summary>
public sealed partial class SettingsDocumentTests
{
    private static readonly string Production = File.ReadAllText(Path.Combine(Repository.Root, "Pulumi.prod.yaml"));
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "settings.md"));

    // What only the five systems have, each documented in its own stack's file.
    private static readonly string[] OfSystems = ["system", "containerNames", "gateway", "localstack", "ollama", "chroma", "app.liveSource"];

    public static TheoryData<string> Keys => [.. SettingsParser.Keys()];

    public static TheoryData<string> ProductionKeys => [.. SettingsParser.Keys().Where(key => !OfSystems.Any(own => key == own || key.StartsWith(own + ".", StringComparison.Ordinal)))];

    /// <summary>The file with every default written out instead of commented.</summary>
    private static string Full => Commented().Replace(Production, "$1$2");

    [Theory, MemberData(nameof(ProductionKeys))]
    public void Each_is_in_the_production_stacks_file(string key)
        => SettingsOf.Source(Full, "prod").Positions.Keys.Should().Contain(key);

    [Theory, MemberData(nameof(Keys))]
    public void Each_is_on_the_page(string key)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        var section = dot < 0 ? "# Settings" : $"`infra:{key[..dot]}`";

        Page.Should().Contain(section);
        Page[Page.IndexOf(section, StringComparison.Ordinal)..].Should().Contain($"`{key[(key.LastIndexOf('.') + 1)..]}`");
    }

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
