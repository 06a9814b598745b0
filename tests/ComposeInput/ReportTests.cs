using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.Findings;
using Infra.Tests.Support;

namespace Infra.Tests.ComposeInput;

/// <summary>One check in each of the formats.</summary>
public sealed class ReportTests : IDisposable
{
    private const string Shop = """
        # A shop.
        x-app: &app
          image: acme/shop:latest
          environment:
            DATABASE_URL: postgresql://shop:hunter2@db/shop
        services:
          web:
            <<: *app
            command: uvicorn shop:app --host 0.0.0.0
            ports:
              - "8000:8000"
            depends_on: [db]
          worker:
            <<: *app
            command: celery -A shop worker --concurrency 2
            stop_grace_period: 5m # infra-waive RESTART the cluster does
          db:
            image: postgres:17.2
            ports: ["5432:5432"]
            healthcheck:
              test: pg_isready
            volumes: ["data:/var/lib/postgresql/data"]
        volumes:
          data:

        """;

    private readonly CheckedFile project = new CheckedFile().With("compose.yaml", Shop).With(".infra-waivers.yaml", """
        LOG-ROTATION: the engine's daemon.json bounds them
        RESTART.worker: systemd does
        STOP-GRACE.db: "it is a test's"

        """);

    public void Dispose() => project.Dispose();

    [ComposeFact]
    public async Task Text_is_a_line_a_finding_as_compilers_write_it() =>
        Snapshot.Match(TextReport.Write(await project.CheckAsync(), project.Path), "ComposeCheck", "txt");

    [ComposeFact]
    public async Task Json_has_every_place()
    {
        var text = JsonReport.Write(await project.CheckAsync(), project.Path);

        Snapshot.Match(text, "ComposeCheck", "json");
        var report = JsonNode.Parse(text)!;
        report["findings"]!.AsArray().Count(finding => (string)finding!["severity"]! == "error").Should().Be((int)report["errors"]!);
    }

    [ComposeFact]
    public async Task Markdown_is_a_table() =>
        Snapshot.Match(MarkdownReport.Write(await project.CheckAsync(), project.Path), "ComposeCheck", "md");

    [ComposeFact]
    public async Task Sarif_is_what_its_schema_says()
    {
        var log = SarifReport.Write(await project.CheckAsync(), project.Path, "1.2.3", "https://example.com/rules.md");

        Snapshot.Match(log, "ComposeCheck", "sarif");
        SarifSchema.Problems(log).Should().BeEmpty();
    }

    [ComposeFact]
    public async Task Sarif_has_what_code_scanning_asks_for()
    {
        var run = JsonNode.Parse(SarifReport.Write(await project.CheckAsync(), project.Path, "1.2.3", help: null))!["runs"]![0]!;
        var rules = run["tool"]!["driver"]!["rules"]!.AsArray();

        run["results"]!.AsArray().Should().OnlyContain(result => (string)result!["ruleId"]! == (string)rules[(int)result["ruleIndex"]!]!["id"]!);
        foreach (var result in run["results"]!.AsArray())
        {
            var place = result!["locations"]!.AsArray().Should().ContainSingle().Which!["physicalLocation"]!;
            ((string)place["artifactLocation"]!["uri"]!).Should().Be("compose.yaml");
            ((string)place["artifactLocation"]!["uriBaseId"]!).Should().Be("%SRCROOT%");
            ((int)place["region"]!["startLine"]!).Should().BePositive();
            ((string)result["message"]!["text"]!).Should().NotBeEmpty();
            result["partialFingerprints"]!.AsObject().Should().NotBeEmpty();
        }

        run["results"]!.AsArray().Select(result => (string)result!["partialFingerprints"]!["findingHash/v1"]!).Should().OnlyHaveUniqueItems();
        run["results"]!.ToJsonString().Should().NotContain("LOG-ROTATION", "what is waived is no alert");
    }

    [Fact]
    public void What_is_no_log_is_seen() => SarifSchema.Problems("""{"version": "2.1.0", "runs": [{}]}""").Should().Contain("tool");

    [Fact]
    public void A_file_outside_of_the_repository_has_an_address_of_its_own()
    {
        var finding = new Finding("LIMITS", Severity.Error, "web", "What.", "Do.");
        var report = new FindingReport(["a"], 1, [], [new PlacedFinding(finding, [new FindingPlace("web", "/srv/a b.yaml", 1, 1)])]);

        SarifReport.Write(report, "/home", "1.2.3", help: null).Should().Contain("\"uri\": \"file:///srv/a%20b.yaml\"").And.NotContain("uriBaseId");
    }
}
