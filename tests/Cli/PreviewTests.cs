using System.Text.Json.Nodes;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class PreviewTests : IDisposable
{
    private readonly CommandLineRun run = new(FakeShell.Bare());

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData("text", "txt")]
    [InlineData("markdown", "md")]
    [InlineData("json", "json")]
    public async Task Shows_what_would_run(string format, string extension)
    {
        (await run.RunAsync("preview", "dev", "--format", format)).Should().Be(0);

        Snapshot.Match(run.Out, "Preview", extension);
        run.Error.Should().BeEmpty();
        run.Shell.Asked.Should().BeEmpty();
    }

    [Theory]
    [InlineData("text")]
    [InlineData("markdown")]
    [InlineData("json")]
    public async Task A_file_holds_what_the_terminal_would_show(string format)
    {
        await run.RunAsync("preview", "dev", "--format", format);
        await run.RunAsync("preview", "dev", "--format", format, "-o", run.PathOf("new/preview"));

        (await File.ReadAllTextAsync(run.PathOf("new/preview"))).Should().Be(run.Out);
    }

    [Fact]
    public async Task Markdown_has_the_diagram_in_it()
    {
        await run.RunAsync("preview", "prod", "--format", "markdown");

        run.Out.Should().Contain("```mermaid\nflowchart").And.EndWith("```\n");
    }

    [Fact]
    public async Task Findings_are_shown_and_do_not_fail_a_preview()
    {
        Directory.Delete(run.PathOf("app/src"), recursive: true);
        run.Write("app/shop.py", "");

        (await run.RunAsync("preview", "dev", "--format", "json")).Should().Be(0);

        var findings = JsonNode.Parse(run.Out)!["findings"]!.AsArray();
        findings.Select(finding => $"{finding!["severity"]} {finding["rule"]} {finding["where"]}").Should()
            .Equal("error FILES web, worker, beat");
    }

    [Fact]
    public async Task What_stands_in_settings_is_no_part_of_the_page()
    {
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:app: { context: \"![x](y) <img> `a` *b* \\u202e | c\" }\n");

        await run.RunAsync("preview", "dev", "--format", "markdown");

        run.Out.Split("```")[0].Should().Contain("`shop-dev-app:latest (built from ![x](y) <img> 'a' *b* \\u202E \\| c)`")
            .And.Contain("'!\\[x\\](y) &lt;img&gt; \\`a\\` \\*b\\* \\\\u202E \\| c'").And.NotContain("\u202e");
    }

    [Theory]
    [InlineData("preview")]
    [InlineData("check")]
    public async Task No_setting_moves_a_terminals_cursor(string verb)
    {
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:app: { target: \"a\\e[2Jb\", environment: { \"X\\e[2J\": a } }\n");

        await run.RunAsync(verb, "dev");

        (run.Out + run.Error).Should().Contain("X\\u001B[2J").And.NotContain("\u001b");
    }

    [Fact]
    public async Task Makes_no_secret()
    {
        await run.RunAsync("preview", "dev");

        Directory.Exists(run.PathOf(".secrets")).Should().BeFalse();
    }

    [Fact]
    public async Task Another_project_name_runs_beside_the_usual_one()
    {
        await run.RunAsync("preview", "dev", "--format", "json", "--project", "mine");

        JsonNode.Parse(run.Out)!["name"]!.GetValue<string>().Should().Be("mine-dev");
    }

    [Fact]
    public async Task Debians_images_are_built_here()
    {
        await run.RunAsync("preview", "dev", "--format", "json", "--images", "debian");

        JsonNode.Parse(run.Out)!["services"]!.AsArray().Select(service => service!["image"]!.GetValue<string>()).Should()
            .Contain(["infra-debian/postgres:17", "infra-debian/redis:8", "infra-debian/rabbitmq:4"]);
    }
}
