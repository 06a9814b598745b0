using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd.Setups;

/// <summary>A worker of asyncio in arq's shape, which says itself whether it is well; no Celery.</summary>
[Collection(AsyncioCollection.Name)]
public sealed class AsyncioTests(AsyncioStack stack, ITestOutputHelper output) : SetupTest<AsyncioStack>(stack, output, "redis", "web", "jobs")
{
    [EndToEndFact]
    public async Task A_worker_that_is_restarted_finishes_what_it_has_begun_and_ends_by_itself()
    {
        string[] running = [await Stack.PutAsync("wait", 3), await Stack.PutAsync("wait", 3)];
        foreach (var job in running) await Stack.SeesJobAsync(job, "begun");

        await Engine.AskAsync("stop", Project.Container("jobs"));

        foreach (var job in running) await Stack.SeesJobAsync(job, "done");
        (await Project.ServicesAsync())["jobs"].ExitCode.Should().Be(0, await Project.LogsAsync("jobs"));
        var waiting = await Stack.PutAsync("wait", 0);
        await Project.UpAsync();
        await Stack.SeesJobAsync(waiting, "done");
    }

    [EndToEndFact]
    public async Task A_worker_whose_loop_is_blocked_is_unhealthy_until_it_goes_on()
    {
        var blocking = await Stack.PutAsync("block", 12);

        await Project.IsAsync("jobs", "unhealthy", seconds: 12);

        await Stack.SeesJobAsync(blocking, "done");
        await Project.IsAsync("jobs", "healthy", seconds: 20);
    }
}
