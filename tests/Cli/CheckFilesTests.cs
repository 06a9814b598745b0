using System.Text.Json.Nodes;
using Infra.Tests.ComposeInput;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary><c>check FILE…</c> as users call it; what Compose says is in a table.</summary>
public sealed class CheckFilesTests : IDisposable
{
    private const string Canonical = """
        {
          "name": "shop",
          "services": { "db": { "image": "postgres:17.2", "ports": [{ "target": 5432, "published": "5432", "protocol": "tcp" }] } }
        }
        """;

    private readonly CommandLineRun run;
    private readonly string file;

    public CheckFilesTests()
    {
        run = new CommandLineRun();
        run.WriteExactly("shop/compose.yaml", "services:\n  db:\n    image: postgres:17.2\n    ports:\n      - 5432:5432\n");
        file = run.PathOf("shop/compose.yaml");
        run.Shell.On($"docker compose --file {file}", Canonical);
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task An_error_fails_it_and_leads_to_the_line()
    {
        (await run.RunAsync("check", file)).Should().Be(1, run.Error);

        run.Out.Should().Contain("shop/compose.yaml:5:9: error LOOPBACK-PORTS db: port 5432 is published")
            .And.MatchRegex(@"1 service, \d+ rules, \d+ errors");
        run.Error.Should().BeEmpty();
        run.Shell.Asked.Should().Equal($"docker compose --file {file} --profile * config --format json");
    }

    [Fact]
    public async Task A_folder_means_the_files_in_it_and_profiles_and_env_files_go_to_Compose()
    {
        await run.RunAsync("check", run.PathOf("shop"), "--profile", "debug", "--env-file", "/tmp/x.env");

        run.Shell.Asked.Should().Equal($"docker compose --file {file} --env-file /tmp/x.env --profile debug config --format json");
    }

    [Fact]
    public async Task Warnings_fail_it_when_they_are_to()
    {
        run.Shell.On(
            $"docker compose --file {file}",
            Canonical.Replace("\"target\"", "\"host_ip\": \"127.0.0.1\", \"target\"", StringComparison.Ordinal)
        );
        run.WriteExactly("shop/.infra-waivers.yaml", "PERSISTENT-STATE: a test's\n");

        (await run.RunAsync("check", file)).Should().Be(0, run.Out);
        (await run.RunAsync("check", file, "--fail-on", "warning")).Should().Be(1);
    }

    [Theory]
    [InlineData("json", "\"findings\"")]
    [InlineData("sarif", "\"version\": \"2.1.0\"")]
    [InlineData("markdown", "| error | `LOOPBACK-PORTS` | db (")]
    public async Task It_is_written_in_other_formats_too(string format, string part)
    {
        (await run.RunAsync("check", file, "--format", format)).Should().Be(1);

        run.Out.Should().Contain(part);
    }

    [Theory]
    [InlineData("sarif", "\"ruleId\": \"LOOPBACK-PORTS\"")]
    [InlineData("markdown", "| error | `LOOPBACK-PORTS` | web (")]
    public async Task A_stack_is_written_in_them_as_well(string format, string part)
    {
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:services:\n    web:\n      ports: [\"0.0.0.0:18125:25\"]\n");

        (await run.RunAsync("check", "dev", "--format", format)).Should().Be(1, run.Error);

        run.Out.Should().Contain(part).And.Contain("Pulumi.dev.yaml");
        if (format == "sarif") SarifSchema.Problems(run.Out).Should().BeEmpty();
    }

    [Fact]
    public async Task A_stack_fails_on_warnings_when_it_is_to()
    {
        run.Write(
            "Pulumi.dev.yaml",
            "config:\n  infra:environment: dev\n  infra:services: { web: {} }\n  infra:waivers: { LIMITS.web: of no use }\n"
        );

        (await run.RunAsync("check", "dev", "--format", "json")).Should().Be(0, run.Error);
        ((int)JsonNode.Parse(run.Out)!["warnings"]!).Should().BePositive();
        (await run.RunAsync("check", "dev", "--fail-on", "warning")).Should().Be(1);
    }

    [Theory]
    [InlineData("no.yaml: There is no such file. Name a Compose file, or the folder that it is in.", "no.yaml")]
    [InlineData(
        "dev: It is a stack, and is checked by itself. Name one stack, or Compose files and folders only; ./dev is a folder.",
        "dev",
        "no.yaml"
    )]
    [InlineData("--profile: It is for Compose files, and 'dev' is a stack. Leave it out.", "dev", "--profile", "debug")]
    [InlineData("--images: It is for stacks, and these are Compose files. Leave it out.", "./no.yaml", "--images", "debian")]
    public Task What_cannot_be_checked_is_refused(string message, params string[] args) => run.RefusesAsync(message, ["check", .. args]);

    [Fact]
    public async Task Without_Composes_client_one_sentence_says_so()
    {
        using var bare = new CommandLineRun(FakeShell.Bare());

        (await bare.RunAsync("check", file)).Should().Be(2);

        bare.Error.Should().Be(
            "Compose files are read by Compose's own client, and there is none. "
                + "Install it ('./infra.sh doctor --install' does; no engine has to run).\n"
        );
    }
}
