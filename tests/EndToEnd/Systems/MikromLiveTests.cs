namespace Infra.Tests.EndToEnd.Systems;

[Collection(MikromCollection.Name)]
public sealed class MikromLiveTests(MikromStack stack) : LiveTest<MikromStack>(stack)
{
    private static readonly string[] Services = ["app", "worker", "beat"];

    [EndToEndFact]
    public async Task B3_one_image_runs_in_every_service()
    {
        var containers = await Task.WhenAll(Services.Select(name => Engine.InspectAsync(Project.Container(name))));

        containers.Select(container => container["Image"]!.GetValue<string>()).Distinct().Should().ContainSingle();
        containers.Select(container => container["Config"]!["Image"]!.GetValue<string>()).Distinct().Should().Equal(Project.AppImage);
    }

    [EndToEndFact]
    public async Task B4_each_service_is_healthy_by_its_own_probe_and_the_image_has_none()
    {
        await AllAreHealthyAsync([.. Services, "postgres", "redis"]);
        var probes = await Task.WhenAll(
            Services.Select(async name => (await Engine.InspectAsync(Project.Container(name)))["Config"]!["Healthcheck"]!["Test"]!.ToJsonString())
        );

        probes.Should().OnlyHaveUniqueItems();
        (await Engine.InspectAsync(Project.AppImage, "image"))["Config"]!["Healthcheck"].Should().BeNull();
    }

    [EndToEndFact]
    public async Task B5_the_worker_does_what_app_asks_for_in_its_gevent_pool()
    {
        var task = await Stack.PostAsync("/api/v1/double/21", new { });

        await Stack.SeesAsync($"/api/v1/tasks/{task["task"]}", "\"result\":42", "worker");
        (await Engine.AskAsync("logs", Project.Container("worker"))).Should().Contain("concurrency: 100 (gevent)");
    }

    [EndToEndFact]
    public async Task B8_a_package_that_nothing_uses_is_found_in_the_image()
    {
        var file = Project.PathOf("samples", "mikrom", "pyproject.toml");
        var before = await File.ReadAllTextAsync(file);
        await File.WriteAllTextAsync(
            file,
            before.Replace("    \"fastapi", "    \"httpx>=0.27\",\n    \"prometheus-client>=0.21\",\n    \"fastapi", StringComparison.Ordinal)
        );

        CommandResult found = await Project.InfraAsync("unused", Project.Stack);
        await File.WriteAllTextAsync(file, before);
        CommandResult well = await Project.InfraAsync("unused", Project.Stack);

        found.ExitCode.Should().Be(1, found.ToString());
        found
            .Output.Should()
            .Contain("pyproject.toml: httpx: ")
            .And.Contain("pyproject.toml: prometheus-client: ")
            .And.NotContainAny("celery: ", "gevent: ", "psycopg: ", "uvicorn: ", "flower: ");
        well.ExitCode.Should().Be(0, well.ToString());
        well.Output.Should().Contain("Each of the 6 packages that are declared is used.");
    }
}
