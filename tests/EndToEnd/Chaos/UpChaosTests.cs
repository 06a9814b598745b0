using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd.Chaos;

/// <summary>An <c>up</c> or a <c>down</c> that is killed, or meets another: the next <c>up</c> converges, and nothing is lost.</summary>
[Trait("Category", "Long")]
public sealed class UpChaosTests(ChaosStack stack, ITestOutputHelper log) : ChaosTest(stack, log)
{
    private const int Kills = 12;
    private const int Downs = 4;

    [EndToEndFact]
    public async Task An_up_from_nothing_that_is_killed_at_any_moment_is_finished_by_the_next()
    {
        var span = await Stack.FromNothingAsync();
        for (var number = 0; number < Kills; number++)
        {
            await Stack.DownAsync();
            await KillAndConvergeAsync(number, span, ["up", "dev"]);
        }

        await OrderAsync("a phoenix");
    }

    [EndToEndFact]
    public async Task An_up_of_a_running_stack_that_is_killed_at_any_moment_is_finished_by_the_next_and_loses_nothing()
    {
        await Project.UpAsync();
        await ChangeAsync(Kills);
        var span = await Stack.TimeAsync("up", "dev");
        for (var number = 0; number < Kills; number++) await KillChangeAsync(number, span);

        await OrderAsync("the last of many");
        await Eventually.SeesAsync(
            "all orders fulfilled",
            TimeSpan.FromSeconds(60),
            () => Entrusted.SqlAsync(Project, "SELECT count(*) FROM orders WHERE status <> 'fulfilled'"),
            left => left == "0",
            () => Project.LogsAsync("worker")
        );
        var before = await Project.ServicesAsync();
        await Project.UpAsync();
        (await Project.ServicesAsync()).Should().Equal(before, "all of it is in place");
    }

    [EndToEndFact]
    public async Task A_down_that_is_killed_at_any_moment_loses_nothing_and_leaves_nothing_between_up_and_down()
    {
        await Project.UpAsync();
        await Entrusted.AddAsync(Stack, "before all");
        var before = await Entrusted.OfAsync(Project);
        var span = await Stack.TimeAsync("down", "dev");
        await Project.UpAsync();
        for (var number = 0; number < Downs; number++)
        {
            var story = await KillAndConvergeAsync(number, span, ["down", "dev"]);
            (await Entrusted.OfAsync(Project)).Should().Be(before, story);
        }

        await OrderAsync("something new");
    }

    [EndToEndFact]
    public async Task Of_two_at_once_the_second_says_who_is_first_or_waits()
    {
        await Project.UpAsync();
        Project.Set("app", "environment.CHAOS", "twins");
        using var first = Project.Start("up", "dev");
        await Eventually.SeesAsync(
            "the first one's first line",
            TimeSpan.FromSeconds(60),
            () => Task.FromResult(first.Output),
            said => said.Length > 0
        );
        using var waiting = Project.Start("up", "dev", "--wait");

        CommandResult refused = await Project.InfraAsync("down", "dev");

        refused.ExitCode.Should().Be(1, refused.ToString());
        refused.Error.Should().StartWith($"{Project.Label}: Another command is changing it: 'up dev' in {Project.Folder} (pid {first.Id}, ");
        (await first.EndAsync()).ExitCode.Should().Be(0, first.Output);
        (await waiting.EndAsync()).ExitCode.Should().Be(0, waiting.Output);
        (await Engine.AskAsync("exec", Project.Container("web"), "printenv", "CHAOS")).Should().Be("twins");
    }
}
