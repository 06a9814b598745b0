using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Infra.Model;

namespace Infra.Operations.Findings;

/// <summary>
/// SARIF 2.1.0 (OASIS), as GitHub's code scanning takes it: a result for each place, since only a result's first is shown there.
/// What is waived is left out: suppressions are not read there, and it would be an alert.
/// </summary>
public static class SarifReport
{
    private const string Root = "%SRCROOT%";

    /// <summary>The report as a log of one run.</summary>
    /// <param name="report">What was found.</param>
    /// <param name="root">The repository's folder, which paths are relative to.</param>
    /// <param name="version">The version of this program.</param>
    /// <param name="help">The page that explains the rules.</param>
    public static string Write(FindingReport report, string root, string version, string? help)
    {
        var rules = Used(report);
        var driver = new JsonObject { ["name"] = "infra.sh check", ["semanticVersion"] = version };
        if (help is not null) driver["informationUri"] = help;
        driver["rules"] = new JsonArray([.. rules.Select(rule => Written(rule, help))]);
        var run = new JsonObject
        {
            ["tool"] = new JsonObject { ["driver"] = driver },
            ["columnKind"] = "utf16CodeUnits",
            ["originalUriBaseIds"] = new JsonObject { [Root] = new JsonObject { ["description"] = Text("The root of the repository.") } },
            ["results"] = new JsonArray([.. Results(report, rules, root)]),
        };
        return new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(run),
        }.ToJsonString(JsonReport.Readable) + "\n";
    }

    // What speaks of waivers, Dockerfiles and files is in no list of rules.
    private static ImmutableArray<ReportedRule> Used(FindingReport report) =>
    [
        .. report.Rules,
        .. report.Findings.Select(each => each.Finding)
            .Where(finding => report.Rules.All(rule => rule.Id != finding.Rule))
            .DistinctBy(finding => finding.Rule)
            .Select(finding => new ReportedRule(finding.Rule, finding.Severity, finding.Rule)),
    ];

    private static JsonObject Written(ReportedRule rule, string? help)
    {
        var written = new JsonObject
        {
            ["id"] = rule.Id,
            ["name"] = string.Concat(rule.Id.Split('-').Select(word => word[..1] + word[1..].ToLowerInvariant())),
            ["shortDescription"] = Text(rule.Title),
            ["fullDescription"] = Text(rule.Title + "."),
            ["defaultConfiguration"] = new JsonObject { ["level"] = Level(rule.Severity) },
        };
        if (help is not null) written["helpUri"] = help;
        return written;
    }

    private static IEnumerable<JsonObject> Results(FindingReport report, ImmutableArray<ReportedRule> rules, string root) =>
        from each in report.Findings
        where each.Finding.Severity != Severity.Waived
        // What an anchor says for several services stands at one place.
        from place in each.Places.GroupBy(place => (place.File, place.Line, place.Column))
        let services = string.Join(", ", place.Select(one => one.Subject))
        let finding = each.Finding with { Where = services }
        let rule = rules.Select(rule => rule.Id).ToList().IndexOf(finding.Rule)
        select new JsonObject
        {
            ["ruleId"] = finding.Rule,
            ["ruleIndex"] = rule,
            ["level"] = Level(finding.Severity),
            ["message"] = Text(finding.Sentence),
            ["locations"] = new JsonArray(
                new JsonObject
                {
                    ["physicalLocation"] = new JsonObject
                    {
                        ["artifactLocation"] = Location(root, place.Key.File),
                        ["region"] = new JsonObject { ["startLine"] = place.Key.Line, ["startColumn"] = place.Key.Column },
                    },
                }
            ),
            ["partialFingerprints"] = new JsonObject { ["findingHash/v1"] = Hash(finding, Path.GetRelativePath(root, place.Key.File)) },
        };

    private static JsonObject Location(string root, string file)
    {
        var relative = Path.GetRelativePath(root, file).Replace('\\', '/');
        if (relative.StartsWith("../", StringComparison.Ordinal)) return new JsonObject { ["uri"] = new Uri(file).AbsoluteUri };
        return new JsonObject { ["uri"] = string.Join('/', relative.Split('/').Select(Uri.EscapeDataString)), ["uriBaseId"] = Root };
    }

    // It stays the same where only lines move.
    private static string Hash(Finding finding, string file) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{finding.Rule}\n{file}\n{finding.Where}\n{finding.What}")))[..32];

    private static string Level(Severity severity) => severity == Severity.Error ? "error" : "warning";

    private static JsonObject Text(string text) => new() { ["text"] = text };
}
