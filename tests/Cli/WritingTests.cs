using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class WritingTests : IDisposable
{
    private readonly CommandLineRun run = new(FakeShell.Bare());

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Compose_prints_the_file()
    {
        (await run.RunAsync("compose", "dev")).Should().Be(0);

        run.Out.Should().Contain("name: shop-dev\n").And.Contain("context: ./app\n").And.Contain("127.0.0.1").And.Contain("18123");
    }

    [Fact]
    public async Task Paths_in_a_Compose_file_are_seen_from_its_folder()
    {
        (await run.RunAsync("compose", "dev", "-o", run.PathOf("deploy/a/compose.yaml"))).Should().Be(0);

        run.Out.Should().BeEmpty();
        (await File.ReadAllTextAsync(run.PathOf("deploy/a/compose.yaml")))
            .Should()
            .Contain("context: ../../app\n")
            .And.Contain("source: ../../app/src\n");
    }

    [Fact]
    public async Task Compose_ends_with_1_when_a_rule_is_broken()
    {
        Directory.Delete(run.PathOf("app"), recursive: true);

        (await run.RunAsync("compose", "prod")).Should().Be(1);

        run.Error.Should()
            .Be("error FILES app: The folder 'app' that its image is built from is not there. Set infra:app.context to your application's folder.\n");
    }

    [Theory]
    [InlineData("mermaid", "flowchart")]
    [InlineData("svg", "<svg")]
    public async Task Graph_draws_to_the_terminal_or_a_file(string format, string start)
    {
        (await run.RunAsync("graph", "dev", "--format", format)).Should().Be(0);
        (await run.RunAsync("graph", "dev", "--format", format, "-o", run.PathOf("drawn"))).Should().Be(0);

        run.Out.Should().Contain(start);
        (await File.ReadAllTextAsync(run.PathOf("drawn"))).Should().Be(run.Out);
    }

    [Fact]
    public async Task Check_counts_what_it_looked_at()
    {
        (await run.RunAsync("check", "dev")).Should().Be(0);

        run.Out.Should().Be($"shop-dev: 6 services, {Infra.Model.Rules.AllRules.List.Length} rules, 0 errors, 0 warnings.\n");
        run.Error.Should().BeEmpty();
    }

    [Fact]
    public async Task Check_ends_with_1_on_errors_and_tells_them_all()
    {
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:services: {web: {port: 18123}, redis: {port: 18123}}\n");
        File.Delete(run.PathOf("app/Dockerfile"));

        (await run.RunAsync("check", "dev")).Should().Be(1);

        run.Error.Should().StartWith("error ").And.Contain("There is no 'Dockerfile' in 'app'.").And.Contain("18123");
        run.Out.Should().Contain("2 errors");
    }

    [Fact]
    public async Task Check_tells_a_folder_that_is_not_there_once_whatever_lies_in_it()
    {
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:app: { context: ../shop, source: [shop, core] }\n");

        (await run.RunAsync("check", "dev")).Should().Be(1);

        run.Error.Should()
            .Be(
                "error FILES app: The folder '../shop' that its image is built from is not there. "
                    + "Set infra:app.context to your application's folder.\n"
            );
    }

    [Fact]
    public async Task Check_tells_a_source_folder_that_is_not_there_once_for_all_that_mount_it()
    {
        run.Write("Pulumi.dev.yaml", "config:\n  infra:environment: dev\n  infra:app: { source: [shop] }\n");

        (await run.RunAsync("check", "dev")).Should().Be(1);

        run.Error.Should()
            .Be("error FILES web, worker, beat: 'app/shop', which it mounts at /app/shop, is not there. Create it, or change infra:app.source.\n");
    }

    [Fact]
    public async Task Check_warns_of_secrets_that_production_needs_and_nobody_has_given()
    {
        run.Write(".secrets/prod/postgres-password", "x");
        run.Write(".infra/prod/images", "registry\n");
        run.Write("Pulumi.prod.yaml", "config:\n  infra:environment: prod\n  infra:redis-password: { secure: v1:abc }\nencryptionsalt: v1:salt\n");

        (await run.RunAsync("check", "prod")).Should().Be(0, "a checkout need not have them");

        run.Error.Should().Be("warning SECRETS .secrets/prod: These secrets are missing, and 'up' needs them: grafana-password, rabbitmq-password. "
            + "Write each into a file of its name there, or, for Pulumi, run 'pulumi config set --secret infra:NAME --stack prod'.\n");
        run.Out.Should().EndWith("0 errors, 1 warning.\n");
    }

    [Fact]
    public async Task Check_names_none_that_up_may_do_without_until_it_is_decided_where_images_come_from()
    {
        foreach (var secret in new[] { "postgres", "redis" }) run.Write($".secrets/prod/{secret}-password", "x");

        (await run.RunAsync("check", "prod")).Should().Be(0);

        run.Error.Should().Contain("'up' needs them: rabbitmq-password. ").And.NotContain("grafana");
    }

    [Fact]
    public async Task Check_warns_of_a_secret_that_nothing_uses()
    {
        run.Write(".secrets/dev/postgres-password", "x");
        run.Write(".secrets/dev/old-key", "x");

        (await run.RunAsync("check", "dev")).Should().Be(0);

        run.Error.Should()
            .Be(
                "warning SECRETS .secrets/dev/old-key: No service of the stack uses this secret. "
                    + "Remove the file, or name its variable in infra:app.secrets.\n"
            );
    }
}
