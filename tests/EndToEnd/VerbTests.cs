using System.Text.Json.Nodes;

namespace Infra.Tests.EndToEnd;

/// <summary>The verbs on a stack that runs.</summary>
public sealed class VerbTests(DevStack stack) : EndToEndTest(stack)
{
    [EndToEndFact]
    public async Task Status_shows_every_service_healthy_with_its_port_and_its_limit()
    {
        var result = await InfraAsync("status", "dev");

        foreach (var service in DevStack.Services) result.Should().MatchRegex($@"(?m)^\s*{service}\s+healthy");
        result.Should().Contain($"127.0.0.1:{Project.WebPort}").And.Contain("512 MiB");
    }

    [EndToEndFact]
    public async Task Status_tries_what_each_service_depends_on_and_names_what_does_not_answer()
    {
        (await InfraAsync("status", "dev", "--deps"))
            .Should()
            .MatchRegex(@"web +postgres +postgres:5432 +TCP, \d+ ms")
            .And.MatchRegex(@"beat +rabbitmq +rabbitmq:5672 +TCP");

        await Engine.AskAsync("stop", Project.Container("redis"));
        CommandResult broken = await Project.InfraAsync("status", "dev", "--deps");

        broken.ExitCode.Should().Be(1, broken.ToString());
        broken
            .Output.Should()
            .MatchRegex("worker +redis +redis:6379 +.*(not known|resolution|Connection refused|timed out)")
            .And.MatchRegex(@"worker +postgres +postgres:5432 +TCP");
    }

    [EndToEndFact]
    public async Task Logs_shows_the_lines_of_one_service_and_of_all()
    {
        await OrderAndWaitAsync("a logbook");

        (await InfraAsync("logs", "dev", "worker")).Should().Contain("worker | ").And.Contain("fulfil_order").And.NotContain("web ");
        (await InfraAsync("logs", "dev", "--tail", "3")).Should().Contain("postgres | ").And.Contain("web      | ");
    }

    [EndToEndFact]
    public async Task Exec_runs_a_command_in_a_service_and_ends_with_its_code()
    {
        (await InfraAsync("exec", "dev", "postgres", "--", "psql", "-h", "/var/run/postgresql", "-U", "app", "-At", "-c", "SELECT 6 * 7"))
            .Should()
            .Be("42\n");

        (await Project.InfraAsync("exec", "dev", "web", "--", "sh", "-c", "exit 7")).ExitCode.Should().Be(7);
    }

    [EndToEndFact]
    public async Task Restart_starts_one_service_again_and_ends_when_it_is_well()
    {
        var before = await Project.ServicesAsync();

        (await InfraAsync("restart", "dev", "beat")).Should().Be($"{Project.Label}: restarted beat.\n");

        var after = await Project.ServicesAsync();
        after["beat"].State.Should().Be("healthy");
        (after["beat"].Id, after["beat"].Started == before["beat"].Started)
            .Should()
            .Be((before["beat"].Id, false), "it is the same container, started again");
        after.Remove("beat");
        before.Remove("beat");
        after.Should().BeEquivalentTo(before);
    }

    [EndToEndFact]
    public async Task Run_has_the_services_and_secrets_of_the_application_and_leaves_nothing()
    {
        var before = await Project.ObjectsAsync();

        var result = await InfraAsync(
            "run",
            "dev",
            "--",
            "python3",
            "-c",
            "from shop import db\nwith db.connect() as c: print('rows', c.execute('SELECT count(*) >= 0 FROM orders').fetchone()[0])"
        );

        result.Should().Contain("rows True");
        (await Project.ObjectsAsync()).Should().Equal(before);
    }

    [EndToEndFact]
    public async Task A_one_off_command_that_runs_on_is_not_taken_for_the_service()
    {
        var before = await Project.ServicesAsync();
        using var run = Project.Start("run", "dev", "--", "sleep", "600");
        string[] ofRun = ["--all", "--quiet", "--filter", $"label=infra.stack={Project.Label}", "--filter", "label=com.docker.compose.oneoff=True"];
        var id = (
            await Eventually.SeesAsync(
                "the command running",
                TimeSpan.FromSeconds(30),
                () => Engine.LinesAsync(["ps", .. ofRun, "--filter", "status=running"]),
                ids => ids.Length == 1,
                () => Task.FromResult(run.Output)
            )
        ).Single();

        await Project.UpAsync();
        var status = await InfraAsync("status", "dev");

        status.Split('\n').Count(line => line.TrimStart().StartsWith("web ", StringComparison.Ordinal)).Should().Be(1, status);
        (await Engine.LinesAsync(["ps", .. ofRun])).Should().Equal(id);
        await Engine.AskAsync("rm", "--force", id);
        await run.EndAsync();
        (await Project.ServicesAsync()).Should().BeEquivalentTo(before);
    }

    [EndToEndFact]
    public async Task Compose_writes_a_file_that_Compose_itself_accepts_and_finds_nothing_to_change_by()
    {
        var before = await Project.ServicesAsync();
        var file = Project.PathOf("compose.written.yaml");
        await InfraAsync("compose", "dev", "--output", file);

        await Engine.AskAsync(
            "compose",
            "--file",
            file,
            "--project-directory",
            Project.Folder,
            "--project-name",
            Project.Label,
            "up",
            "--detach",
            "--no-build"
        );

        (await Project.ServicesAsync()).Should().Equal(before);
        File.Delete(file);
    }

    [EndToEndFact]
    public async Task Preview_shows_what_runs_without_touching_it()
    {
        var before = await Project.ServicesAsync();

        var result = JsonNode.Parse(await InfraAsync("preview", "dev", "--format", "json"))!;

        foreach (var service in DevStack.Services) result.ToJsonString().Should().Contain($"\"{service}\"");
        (await Project.ServicesAsync()).Should().Equal(before);
    }

    [EndToEndFact]
    public async Task Doctor_finds_the_engine_and_the_running_stack()
    {
        CommandResult result = await Project.InfraAsync("doctor");

        result.Output.Should().Contain("docker engine").And.Contain("stack dev: 6 services, no errors").And.Contain("up: 6 of 6 containers healthy");
        result.ExitCode.Should().Be(0, result.ToString());
    }

    private async Task<string> InfraAsync(params string[] arguments)
    {
        CommandResult result = await Project.InfraAsync(arguments);
        result.ExitCode.Should().Be(0, result.ToString());
        return result.Output;
    }
}
