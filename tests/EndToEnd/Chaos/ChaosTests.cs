using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd.Chaos;

/// <summary>Commands that are killed, meet each other or find a full disk: the next one converges, and nothing is lost.</summary>
[Collection(ChaosCollection.Name)]
[Trait("Category", EndToEndCollection.Category)]
[Trait("Category", "Long")]
public sealed class ChaosTests(ChaosStack stack, ITestOutputHelper log)
{
    private const int Kills = 10;
    private const int Cuts = 4;

    private Project Project => stack.Project;

    [EndToEndFact]
    public async Task An_up_from_nothing_that_is_killed_at_any_moment_is_finished_by_the_next()
    {
        for (var number = 0; number < Kills; number++)
        {
            await stack.DownAsync();
            Directory.Delete(Project.PathOf(".secrets"), recursive: true);
            var story = await stack.KillAsync(stack.FromNothing, withChildren: number % 2 == 0, "up", "dev");
            await stack.ConvergesAsync(story);
            log.WriteLine(story.Split('\n')[0]);
        }

        await OrderAsync("a phoenix");
    }

    [EndToEndFact]
    public async Task An_up_of_a_running_stack_that_is_killed_at_any_moment_is_finished_by_the_next_and_loses_nothing()
    {
        await Project.UpAsync();
        var orders = new List<string>();
        for (var number = 0; number < Kills; number++)
        {
            orders.Add(await stack.Shop.OrderAsync($"order {number}"));
            Project.Set("app", "environment.CHAOS", $"{number}");
            await File.WriteAllTextAsync(Project.PathOf(".secrets", "dev", "redis-password"), $"password{number}");
            var story = await stack.KillAsync(stack.FromNothing, withChildren: number % 2 == 0, "up", "dev");
            await stack.ConvergesAsync(story);
            (await Engine.AskAsync("exec", Project.Container("web"), "printenv", "CHAOS")).Should().Be($"{number}", story);
            (await Engine.AskAsync("exec", Project.Container("redis"), "redis-cli", "-a", $"password{number}", "--no-auth-warning", "ping")).Should().Be("PONG", story);
            log.WriteLine(story.Split('\n')[0]);
        }

        foreach (var order in orders) await stack.Shop.FulfilledAsync(order, () => Project.LogsAsync("worker"), 60);
        var before = await Project.ServicesAsync();
        await Project.UpAsync();
        (await Project.ServicesAsync()).Should().Equal(before, "all of it is in place");
    }

    [EndToEndFact]
    public async Task Of_two_at_once_the_second_says_who_is_first_or_waits()
    {
        await Project.UpAsync();
        Project.Set("app", "environment.CHAOS", "twins");
        using var first = Project.Start("up", "dev");
        await Eventually.SeesAsync("the first one's first line", TimeSpan.FromSeconds(60), () => Task.FromResult(first.Said), said => said.Length > 0);
        using var waiting = Project.Start("up", "dev", "--wait");

        var refused = await Project.InfraAsync("down", "dev");

        refused.ExitCode.Should().Be(1, refused.ToString());
        refused.Error.Should().StartWith($"{Project.Label}: Another command changes it: 'up dev' in {Project.Folder} (pid {first.Id}, ");
        (await first.EndAsync()).ExitCode.Should().Be(0, first.Said);
        (await waiting.EndAsync()).ExitCode.Should().Be(0, waiting.Said);
        (await Engine.AskAsync("exec", Project.Container("web"), "printenv", "CHAOS")).Should().Be("twins");
    }

    [EndToEndFact]
    public async Task A_restore_that_is_cut_off_leaves_the_old_rows_or_the_new_ones_and_the_next_up_brings_all_back()
    {
        await Project.UpAsync();
        await OrderAsync("a memory");
        var backup = await Project.InfraAsync("backup", "dev");
        backup.ExitCode.Should().Be(0, backup.ToString());
        var folder = backup.Output.Split('\n').Single(line => line.StartsWith(Project.Folder, StringComparison.Ordinal));
        var kept = await RowsAsync();
        for (var number = 0; number < Cuts; number++)
        {
            await OrderAsync($"later {number}");
            var now = await RowsAsync();
            var story = await stack.KillAsync(TimeSpan.FromSeconds(8), withChildren: number % 2 == 0, "restore", "dev", folder, "--yes");
            await stack.ConvergesAsync(story);
            (await RowsAsync()).Should().BeOneOf([kept, now], story);
            log.WriteLine(story.Split('\n')[0]);
        }

        var restored = await Project.InfraAsync("restore", "dev", folder, "--yes");
        restored.ExitCode.Should().Be(0, restored.ToString());
        (await RowsAsync()).Should().Be(kept);
        await OrderAsync("something new");
    }

    [EndToEndFact]
    public async Task A_backup_for_which_there_is_no_room_is_refused_and_keeps_nothing()
    {
        await Project.UpAsync();
        var target = Directory.CreateDirectory(Project.PathOf("small")).FullName;
        await EngineProcess.AsRootAsync("mount", "-t", "tmpfs", "-o", "size=16k,mode=0777", "tmpfs", target);
        try
        {
            var told = await Project.InfraAsync("backup", "dev", "--to", target);

            told.ExitCode.Should().Be(1, told.ToString());
            told.Error.Should().Contain("No space left on device").And.Contain("othing of it was kept").And.NotContain("Unexpected");
            Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Should().BeEmpty();
        }
        finally
        {
            await EngineProcess.AsRootAsync("umount", target);
        }

        (await Project.InfraAsync("backup", "dev", "--to", target)).ExitCode.Should().Be(0);
    }

    private async Task OrderAsync(string item)
    {
        var order = await stack.Shop.OrderAsync(item);
        await stack.Shop.FulfilledAsync(order, () => Project.LogsAsync("worker"), 60);
    }

    private async Task<string> RowsAsync() => await Engine.AskAsync("exec", Project.Container("postgres"), "psql", "-h", "/var/run/postgresql", "-U", "app", "-Atc", "SELECT count(*) FROM orders");
}
