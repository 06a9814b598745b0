using System.Text.Json.Nodes;
using Infra.Operations.Engine;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class FailureReportTests
{
    [Fact]
    public async Task Lines_that_come_again_are_told_once_and_the_one_that_says_why_is_seen()
    {
        var probed = Enumerable
            .Range(0, 20)
            .Select(at => $"2025-05-05 12:00:{at:00},123 [7] \"GET /ready HTTP/1.0\" 404 from 127.0.0.1:{41000 + at}\n");

        (await ReportAsync("GET /ready answered 404\n", "Traceback\nno module 'shop'\n" + string.Concat(probed))).Should().Equal(
            "web: It is running, but unhealthy.",
            "  its probe said:",
            "    GET /ready answered 404",
            "  what helps: It has no such path. Set infra:services.web.health to one that answers 200.",
            "  its last lines:",
            "    Traceback",
            "    no module 'shop'",
            "    2025-05-05 12:00:19,123 [7] \"GET /ready HTTP/1.0\" 404 from 127.0.0.1:41019",
            "    … 20 times the same");
    }

    [Theory]
    [InlineData("a|b|a|b|a|b|c", "a|b|… 3 times the same 2 lines|c")]
    [InlineData("GET / 200|GET / 500", "GET / 200|GET / 500")]
    [InlineData("a|b|a", "a|b|a")]
    [InlineData("", "")]
    public void Blocks_are_folded_and_nothing_else(string lines, string expected)
        => FoldedLines.Fold(lines.Split('|')).Should().Equal(expected.Split('|'));

    [Theory]
    [InlineData("GET / answered 400", "*ALLOWED_HOSTS*infra:app.environment*")]
    [InlineData("urllib.error.HTTPError: HTTP Error 400: Bad Request", "*ALLOWED_HOSTS*")]
    [InlineData("curl: (22) The requested URL returned error: 404", "*infra:services.api.health*")]
    [InlineData("GET /health answered 301", "*infra:services.api.health*SECURE_REDIRECT_EXEMPT*")]
    public void A_frequent_cause_is_named(string output, string expected) => ProbeHint.Find("api", output).Should().Match(expected);

    [Theory]
    [InlineData("GET / answered 503")]
    [InlineData("connection refused")]
    public void What_has_many_causes_is_left_to_the_log(string output) => ProbeHint.Find("api", output).Should().BeNull();

    [Fact]
    public async Task Another_services_probe_is_not_mended_by_webs_settings() =>
        (await ReportAsync("GET /_localstack/health answered 404\n", "up\n", "localstack"))
            .Should()
            .NotContain(line => line.Contains("what helps", StringComparison.Ordinal));

    private static Task<IReadOnlyList<string>> ReportAsync(string probe, string log, string service = "web")
    {
        var container = FakeContainers.Container(service, "unhealthy");
        container["State"]!["Health"]!["Log"] = new JsonArray(new JsonObject { ["ExitCode"] = 1, ["Output"] = probe });
        return FailureReport.OfAsync(
            new Docker(FakeShell.WithEngine().On(FakeShell.Logs, log)),
            SmallStack.Dev(SmallStack.Web).Topology,
            ContainerState.From(container),
            default
        );
    }
}
