namespace Infra.Tests.EndToEnd.Prod;

public sealed class DeployTests(ProdStack stack) : ProdTest(stack)
{
    // Each client must have come round many times before, while and after web changes places.
    private const int Many = 200;

    [EndToEndFact]
    public async Task A_new_version_of_web_takes_over_without_a_failed_request()
    {
        var before = await Project.ServicesAsync();
        var load = Load.On(Shop);
        Project.Set("services", "web.memory", "500MiB");

        await Project.UpAsync();

        (await load.EndAsync()).Should().BeEmpty();
        load.Answered.Should().BeGreaterThan(Many);
        var after = await Project.ServicesAsync();
        after["web"].Id.Should().NotBe(before["web"].Id);
        (await Engine.InspectAsync(after["web"].Id))["HostConfig"]!["Memory"]!.GetValue<long>().Should().Be(500 * 1024 * 1024);
        foreach (var other in new[] { "proxy", "migrations", "worker", "beat", "postgres" })
            after[other].Should().Be(before[other], $"web alone was to change, not {other}");
        (await Engine.LinesAsync("ps", "--all", "--quiet", "--filter", $"label=infra.stack={Project.Label}", "--filter", "label=infra.service=web"))
            .Should()
            .ContainSingle();
    }

    [EndToEndFact]
    public async Task A_version_of_web_that_is_never_ready_gets_no_request_and_leaves_the_old_one_serving()
    {
        var before = await Project.ServicesAsync();
        var load = Load.On(Shop);
        Project.Set("services", "web.health", "/nowhere");
        try
        {
            CommandResult result = await Project.InfraAsync("up", "prod");

            (await load.EndAsync()).Should().BeEmpty();
            load.Answered.Should().BeGreaterThan(Many);
            result.ExitCode.Should().Be(1, result.ToString());
            result.Error.Should()
                .Contain("The new web did not become healthy and was removed. The old container keeps serving.")
                .And.Contain("its last lines:");
            (await Project.ServicesAsync()).Should().BeEquivalentTo(before);
        }
        finally
        {
            Project.Set("services", "web.health", null);
        }

        await Project.UpAsync();
        (await Project.ServicesAsync()).Should().BeEquivalentTo(before, "what serves is what is asked for again");
    }

    [EndToEndFact]
    public async Task A_migration_that_fails_leaves_the_old_version_serving_and_runs_again_when_it_is_mended()
    {
        var migration = Project.PathOf("app", "src", "shop", "migrations", "0003_deployed.sql");
        var before = await Project.ServicesAsync();
        await File.WriteAllTextAsync(migration, "ALTER TABLE nowhere ADD COLUMN here integer;\n");
        try
        {
            CommandResult result = await Project.InfraAsync("up", "prod");

            result.ExitCode.Should().Be(1, result.ToString());
            result.Error.Should().Contain("The step 'migrations' failed, and nothing that waits for it was changed: the old version keeps serving.")
                .And.Contain("relation \"nowhere\" does not exist");
            var failed = await Project.ServicesAsync();
            foreach (var service in new[] { "web", "worker", "beat", "proxy" }) failed[service].Should().Be(before[service]);
            await OrderAndWaitAsync("a vault that stands");

            await File.WriteAllTextAsync(migration, "CREATE TABLE deployed (at timestamptz NOT NULL DEFAULT now());\n");
            await Project.UpAsync();
        }
        finally
        {
            File.Delete(migration);
        }

        (await Project.ServicesAsync())["web"].Id.Should().NotBe(before["web"].Id);
        (await Engine.AskAsync("exec", Project.Container("postgres"), "psql", "-U", "app", "-d", "app", "-Atc", "SELECT count(*) FROM deployed"))
            .Should()
            .Be("0");
    }

    [EndToEndFact]
    public async Task The_release_before_comes_back_without_a_failed_request_and_its_image_is_kept_until_then()
    {
        var first = await ImageOfWebAsync();
        var change = Project.PathOf("app", "src", "shop", "second.py");
        await File.WriteAllTextAsync(change, "SECOND = True\n");
        try
        {
            var load = Load.On(Shop);
            await Project.UpAsync();
            var second = await Project.ServicesAsync();
            (await ImageOfWebAsync()).Should().NotBe(first);
            // Of this very content: what else is on the engine is nobody's here.
            var content = (await Engine.InspectAsync(first, "image"))["Config"]!["Labels"]!["infra.context"]!.GetValue<string>();
            await Engine.AskAsync("image", "prune", "--force", "--filter", $"label=infra.context={content}");

            CommandResult result = await Project.InfraAsync("rollback", "prod", "--yes");

            (await load.EndAsync()).Should().BeEmpty();
            load.Answered.Should().BeGreaterThan(Many);
            result.ExitCode.Should().Be(0, result.ToString());
            result.Output.Should().Contain("web, worker, beat, celery-metrics: on ").And.Contain("migrations: The step has run since release ");
            (await ImageOfWebAsync()).Should().Be(first);
            var after = await Project.ServicesAsync();
            foreach (var other in new[] { "migrations", "proxy", "postgres" })
                after[other].Should().Be(second[other], $"only what runs the application's image goes back, and {other} does not run again");
        }
        finally
        {
            File.Delete(change);
        }
    }

    [EndToEndFact]
    public async Task Nothing_runs_again_when_nothing_changed()
    {
        var before = await Project.ServicesAsync();

        await Project.UpAsync();

        (await Project.ServicesAsync()).Should().BeEquivalentTo(before);
    }

    private async Task<string> ImageOfWebAsync()
        => (await Engine.InspectAsync((await Project.ServicesAsync())["web"].Id))["Image"]!.GetValue<string>();
}
