using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd.Setups;

/// <summary>RQ on Redis, two workers of other queues, and no Celery.</summary>
[Collection(RqCollection.Name)]
public sealed class RqTests(RqStack stack, ITestOutputHelper output) : SetupTest<RqStack>(stack, output, "redis", "web", "mails", "reports")
{
    [EndToEndFact]
    public async Task A_job_is_done_by_the_worker_of_its_queue()
    {
        var (mail, report) = (await Stack.PutAsync("mails"), await Stack.PutAsync("reports"));

        await Stack.SeesJobAsync(mail, "finished by mails", "mails");
        await Stack.SeesJobAsync(report, "finished by reports", "reports");
    }

    [EndToEndFact]
    public async Task A_worker_that_is_restarted_finishes_its_job_and_then_does_what_waited()
    {
        var running = await Stack.PutAsync("reports", seconds: 3);
        await Stack.SeesJobAsync(running, "started", "reports");
        var waiting = await Stack.PutAsync("reports");
        var before = (await Project.ServicesAsync())["reports"];

        await InfraAsync("restart", "reports");

        var after = (await Project.ServicesAsync())["reports"];
        after.Started.Should().NotBe(before.Started);
        await Stack.SeesJobAsync(running, "finished by reports", "reports");
        await Stack.SeesJobAsync(waiting, "finished by reports", "reports");
    }

    [EndToEndFact]
    public async Task Jobs_that_Redis_has_acknowledged_wait_for_a_worker_that_is_away_and_outlive_Redis_restart()
    {
        await Engine.AskAsync("stop", Project.Container("mails"));
        var waiting = await Stack.PutAsync("mails");

        await InfraAsync("restart", "redis");
        await Stack.SeesJobAsync(waiting, "queued", "redis");
        await Project.UpAsync();

        await Stack.SeesJobAsync(waiting, "finished by mails", "mails");
    }

    [EndToEndFact]
    public async Task A_worker_that_hangs_is_no_longer_healthy()
    {
        await Engine.AskAsync("exec", Project.Container("reports"), "touch", "-d", "5 minutes ago", "/tmp/rq-heartbeat");
        await Project.IsAsync("reports", "unhealthy", seconds: 40);

        // It lives, so its next heartbeat says so.
        var job = await Stack.PutAsync("reports");

        await Stack.SeesJobAsync(job, "finished by reports", "reports");
        await Project.IsAsync("reports", "healthy", seconds: 40);
    }
}
