using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>The commands for a running stack: status, exec, run, watch.</summary>
public sealed class ExistingStackTests : IDisposable
{
    private readonly CommandLineRun run = new(FakeShell.WithEngine().Running(FakeContainers.All())
        .On("docker stats", """{"ID":"id-web","MemUsage":"101.5MiB / 512MiB","CPUPerc":"0.12%"}"""));

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Status_shows_health_ports_and_memory_against_its_limit()
    {
        (await run.RunAsync("status", "dev")).Should().Be(0);

        var web = run.Out.Split('\n').Single(line => line.StartsWith("web", StringComparison.Ordinal));
        web.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Should()
            .Equal("web", "healthy", "127.0.0.1:8000→8000", "101.5", "MiB", "512", "MiB", "0.12%");
    }

    [Fact]
    public async Task Status_ends_with_1_when_a_service_is_not_well_or_not_there()
    {
        run.Shell.Running([.. FakeContainers.All()[..4], FakeContainers.Container("web", "unhealthy"), FakeContainers.Container("old")]);

        (await run.RunAsync("status", "dev")).Should().Be(1);

        run.Out.Should().MatchRegex(@"web +unhealthy").And.MatchRegex(@"worker +not there").And.MatchRegex("old +healthy, not in the stack any more");
    }

    [Fact]
    public async Task Status_of_a_service_that_is_being_replaced_is_that_of_the_one_that_serves()
    {
        var fresh = FakeContainers.Container("web", "starting");
        fresh["Id"] = "id-web-2";
        run.Shell.Running([fresh, .. FakeContainers.All()]);

        (await run.RunAsync("status", "dev")).Should().Be(0);

        run.Out.Should().MatchRegex("web +healthy");
    }

    [Theory]
    [InlineData("logs", "wbe")]
    [InlineData("exec", "wbe", "--", "true")]
    [InlineData("restart", "web", "wbe")]
    public Task A_service_that_is_not_there(string verb, params string[] arguments) =>
        run.RefusesAsync(
            "wbe: There is no such service in shop-dev. Did you mean 'web'? Services: beat, postgres, rabbitmq, redis, web, worker.",
            [verb, "dev", .. arguments]
        );

    [Fact]
    public async Task Exec_hands_over_the_command_and_its_exit_code()
    {
        run.Shell.On("docker exec", exitCode: 7);

        (await run.RunAsync("exec", "dev", "web", "--", "python3", "-c", "import sys; sys.exit(7)")).Should().Be(7);

        run.Shell.Changes.Single().Should().MatchRegex("^docker exec --interactive (--tty )?id-web python3 -c import sys; sys.exit\\(7\\)$");
    }

    [Theory]
    [InlineData("compose.yaml")]
    [InlineData("configs/seed.sql")]
    public async Task What_up_has_written_and_is_gone_is_named_with_what_writes_it_again(string gone)
    {
        foreach (var arguments in new[] { new[] { "run", "dev", "--", "true" }, ["watch", "dev"] })
        {
            using var lost = new CommandLineRun(FakeShell.WithEngine().Running(FakeContainers.All()));
            if (gone != "compose.yaml") lost.Write(".infra/dev/compose.yaml", $"configs:\n  seed:\n    file: ./.infra/dev/{gone}\n");

            await lost.RefusesAsync(
                $".infra/dev/{gone}: The file no longer exists, and '{arguments[0]}' needs it. './infra.sh up dev' writes it again.",
                arguments
            );
        }
    }

    [Theory]
    [InlineData("run", "--", "true")]
    [InlineData("watch")]
    public Task What_Pulumi_runs_is_not_Composes(string verb, params string[] arguments)
    {
        run.Shell.Running(FakeContainers.Container("web", engine: "pulumi"));

        return run.RefusesAsync(
            verb == "run"
                ? "shop-dev: It was deployed with Pulumi, and 'run' works through Compose. "
                    + "'./infra.sh exec dev web -- COMMAND' runs it in the service itself."
                : "shop-dev: It was deployed with Pulumi, and 'watch' works through Compose. "
                    + "With infra:app.reload: mount an edit is live without it; after a change of dependencies run './infra.sh up dev'.",
            [verb, "dev", .. arguments]
        );
    }

    [Fact]
    public async Task Run_starts_a_container_of_its_own_from_the_applications_image()
    {
        run.Shell.On("docker compose --project-directory");
        WrittenByUp();

        (await run.RunAsync("run", "dev", "--", "python3", "-V")).Should().Be(0);

        run.Shell.Changes.Single()
            .Should()
            .StartWith(
                $"docker compose --project-directory {run.Workspace.Root} --file "
                    + $"{run.PathOf(".infra/dev/compose.yaml")} --project-name shop-dev run --rm --no-deps --name shop-dev-run-"
            )
            .And.EndWith(" web python3 -V");
    }

    [Fact]
    public async Task Watch_follows_with_Compose()
    {
        run.Shell.On("docker compose --project-directory").On("docker events");
        WrittenByUp();

        (await run.RunAsync("watch", "dev")).Should().Be(0);

        run.Shell.Changes.Should().HaveCount(2).And.Contain(line => line.StartsWith("docker events ", StringComparison.Ordinal))
            .And.Contain(line => line.EndsWith("--project-name shop-dev watch --no-up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Watch_names_what_Compose_does_not_see()
    {
        run.Shell.On("docker compose --project-directory").On("docker events");
        WrittenByUp();
        run.Write("app/.dockerignore", "*Dockerfile\n");

        await run.RunAsync("watch", "dev");

        run.Error.Should()
            .Contain("app/Dockerfile: .dockerignore leaves it out, so Compose does not see it change. Run './infra.sh up dev' after that.\n")
            .And.NotContain("pyproject.toml");
    }

    [Fact]
    public Task Watch_has_nothing_to_do_in_production() => run.RefusesAsync(
        "shop-prod: No service of this stack has a watch rule. Watch mode is for development stacks.", "watch", "prod");

    [Theory]
    [InlineData("logs")]
    [InlineData("restart")]
    [InlineData("watch")]
    [InlineData("exec", "web", "--", "true")]
    [InlineData("run", "--", "true")]
    public Task Nothing_that_stands(string verb, params string[] arguments)
    {
        run.Shell.On("docker ps");

        return run.RefusesAsync("shop-dev: It is not running. Bring it up with './infra.sh up dev'.", [verb, "dev", .. arguments]);
    }

    private void WrittenByUp()
    {
        run.Write(".infra/dev/compose.yaml", "services: {}\nsecrets:\n  it:\n    file: ./.secrets/dev/rendered/it\n");
        run.Write(".secrets/dev/rendered/it", "");
    }
}
