namespace Infra.Tests.EndToEnd;

public sealed class ProbeTests(DevStack stack) : EndToEndTest(stack)
{
    // Three breaks at the same time, each of a service of its own, since every probe takes its time.
    [EndToEndFact]
    public async Task Each_probe_turns_unhealthy_when_its_service_is_broken_and_healthy_when_it_is_mended()
    {
        var network = $"{Project.Label}-default";
        await Engine.AskAsync("network", "disconnect", network, Project.Container("worker"));
        await Engine.AskAsync("pause", Project.Container("postgres"));
        await Engine.AskAsync("exec", Project.Container("beat"), "sh", "-c", "kill -STOP -1");
        try
        {
            await Task.WhenAll(
                Project.IsAsync("worker", "unhealthy", 75),
                Project.IsAsync("web", "unhealthy", 75),
                Project.IsAsync("beat", "unhealthy", 75));
            (await Shop.GetAsync("/ready")).Should().Contain("postgres").And.NotContain("redis").And.NotContain("broker");
            CommandResult status = await Project.InfraAsync("status", "dev");
            status.ExitCode.Should().Be(1, status.ToString());
        }
        finally
        {
            await Engine.AskAsync("network", "connect", "--alias", "worker", network, Project.Container("worker"));
            await Engine.AskAsync("unpause", Project.Container("postgres"));
            await Engine.AskAsync("exec", Project.Container("beat"), "sh", "-c", "kill -CONT -1");
        }

        await Task.WhenAll(DevStack.Services.Select(service => Project.IsAsync(service, "healthy", 60)));
        await OrderAndWaitAsync("a bandage");
    }
}
