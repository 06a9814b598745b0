using System.Text.RegularExpressions;
using Infra.Model.Rules;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Stacks.Services;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>What the pages show of <c>infra:services</c> can be copied: it is read without a finding, and holds to the rules.</summary>
public sealed partial class DocumentExamplesTests
{
    public static TheoryData<string, string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string, string>();
            foreach (var page in Pages())
                foreach (Match block in Block().Matches(File.ReadAllText(page)))
                    if (block.Groups["yaml"].Value is var yaml && yaml.Contains("infra:services:", StringComparison.Ordinal))
                        foreach (var environment in yaml.Contains("infra:environment:", StringComparison.Ordinal) ? [""] : new[] { "dev", "prod" })
                            examples.Add($"{Path.GetFileName(page)}{Section(File.ReadAllText(page), block.Index)}", environment, yaml);
            return examples;
        }
    }

    [Theory, MemberData(nameof(Examples))]
    public async Task It_runs_as_it_is(string place, string environment, string yaml)
    {
        var settings = Read(Whole(yaml, environment));

        var topology = await StackFactory.GatherAsync(settings);

        Review.Run(topology).Select(finding => $"{finding}").Should().BeEmpty("{0} is an example", place);
    }

    [Fact]
    public void Every_kind_has_an_example()
    {
        var all = string.Concat(Pages().SelectMany(page => Block().Matches(File.ReadAllText(page))).Select(block => block.Value));

        ServiceKinds.All.Select(kind => kind.Name)
            .Where(kind => !Regex.IsMatch(all, $@"\n {{4}}{kind}:|kind: {kind}\b")).Should().BeEmpty();
    }

    // The files that it names lie in the project.
    private static Settings Read(string yaml)
    {
        using var root = new TemporaryRoot();
        foreach (var name in Files().Matches(yaml).Select(match => Path.Combine(root.Path, match.Value)))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(name)!);
            File.WriteAllText(
                name,
                name.EndsWith(".json", StringComparison.Ordinal) ? "{}" : "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
            );
        }

        var file = Path.Combine(root.Path, "Pulumi.dev.yaml");
        File.WriteAllText(file, yaml);
        return SettingsParser.Parse(SettingsFile.Read(file), "shop", "dev");
    }

    // An example leaves out what every file has.
    private static string Whole(string yaml, string environment)
    {
        var settings = environment.Length == 0 ? yaml : $"  infra:environment: {environment}\n{yaml}";
        return settings.Contains("config:\n", StringComparison.Ordinal) ? settings : $"config:\n{settings}";
    }

    private static IEnumerable<string> Pages()
        => Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Append(Repository.PathOf("README.md")).Order();

    private static string Section(string page, int at) => Heading().Matches(page[..at]) is [.., var last] ? $" {last.Value}" : "";

    [GeneratedRegex(@"^```yaml\n(?<yaml>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Block();

    [GeneratedRegex(@"[\w/-]+\.(pem|json)\b")]
    private static partial Regex Files();

    [GeneratedRegex("^#+ .*$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
