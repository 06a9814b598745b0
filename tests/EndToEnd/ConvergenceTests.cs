namespace Infra.Tests.EndToEnd;

public sealed class ConvergenceTests(DevStack stack) : EndToEndTest(stack)
{
    [EndToEndFact]
    public async Task A_killed_service_comes_back_by_itself()
    {
        var before = await Project.ServicesAsync();

        await KillAsync(before["postgres"], before["worker"]);

        foreach (var name in new[] { "postgres", "worker" })
        {
            await Eventually.SeesAsync($"{name} started again", TimeSpan.FromSeconds(30), async () => (await Project.ServicesAsync())[name],
                service => service.Id == before[name].Id && service.Started != before[name].Started, () => Project.LogsAsync(name));
            await Project.IsAsync(name, "healthy", 60);
        }

        await OrderAndWaitAsync("a phoenix");
    }

    [EndToEndFact]
    public async Task Up_heals_a_removed_a_stopped_and_an_unhealthy_service_and_leaves_the_others_alone()
    {
        var before = await Project.ServicesAsync();
        await Engine.AskAsync("rm", "--force", Project.Container("worker"));
        await Engine.AskAsync("stop", Project.Container("web"));
        await MakeUnhealthyAsync("beat", "/tmp/celery-beat-heartbeat");

        await Project.UpAsync();

        var after = await Project.ServicesAsync();
        after.Should().HaveCount(DevStack.Services.Count).And.OnlyContain(service => service.Value.State == "healthy");
        foreach (var name in new[] { "postgres", "rabbitmq", "redis" }) after[name].Should().Be(before[name]);
        after["web"].Id.Should().Be(before["web"].Id, "it was only stopped");
        await OrderAndWaitAsync("a plaster");
    }

    [EndToEndFact]
    public async Task A_stopped_worker_finishes_its_task()
    {
        var task = await Shop.SleepAsync(6);
        await IsAsync(task, "STARTED", 20);

        await Engine.AskAsync("stop", Project.Container("worker"));

        (await Project.ServicesAsync())["worker"].ExitCode.Should().Be(0, await Project.LogsAsync("worker"));
        var result = await Shop.TaskAsync(task);
        (result["state"]?.GetValue<string>(), result["result"]?.GetValue<double>()).Should().Be(("SUCCESS", 6d));
    }

    [EndToEndFact]
    public async Task What_a_killed_worker_was_doing_is_done_again()
    {
        var task = await Shop.SleepAsync(8);
        await IsAsync(task, "STARTED", 20);
        var before = (await Project.ServicesAsync())["worker"];

        await KillAsync(before);

        await Eventually.SeesAsync("worker started again", TimeSpan.FromSeconds(30), async () => (await Project.ServicesAsync())["worker"],
            service => service.Id == before.Id && service.Started != before.Started, () => Project.LogsAsync("worker"));
        (await Shop.TaskAsync(task))["state"]?.GetValue<string>().Should().Be("STARTED", "nobody has done it yet");
        await IsAsync(task, "SUCCESS", 60);
        var result = (await Engine.TryAsync("logs", before.Id)).ToString();
        (Count(result, $"[{task}] received"), Count(result, $"[{task}] succeeded")).Should().Be((2, 1), result);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private Task<string?> IsAsync(string task, string state, int seconds) =>
        Eventually.SeesAsync(
            $"the task {state}",
            TimeSpan.FromSeconds(seconds),
            async () => (await Shop.TaskAsync(task))["state"]?.GetValue<string>(),
            seen => seen == state,
            () => Project.LogsAsync("worker"),
            TimeSpan.FromMilliseconds(50)
        );

    // From outside its own namespace: the first process of a container cannot be killed from within.
    private async Task KillAsync(params Service[] services) =>
        await Engine.AskAsync(
            "run",
            "--rm",
            "--pid",
            "host",
            "--user",
            "0",
            "--network",
            "none",
            "--entrypoint",
            "sh",
            Project.AppImage,
            "-c",
            $"kill -KILL {string.Join(' ', services.Select(service => service.Pid))}"
        );

    // Its process hangs, and its sign of life is old.
    private async Task MakeUnhealthyAsync(string service, string heartbeat)
    {
        await Engine.AskAsync("exec", Project.Container(service), "sh", "-c", $"kill -STOP -1; touch -d @0 {heartbeat}");
        await Project.IsAsync(service, "unhealthy", 40);
    }
}
