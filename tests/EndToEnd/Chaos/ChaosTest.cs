using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd.Chaos;

/// <summary>A test that kills commands, and sees that the next <c>up</c> brings back all that there was.</summary>
[Collection(ChaosCollection.Name)]
[Trait("Category", EndToEndCollection.Category)]
public abstract class ChaosTest(ChaosStack stack, ITestOutputHelper log)
{
    private readonly Moments moments = new(log);

    internal ChaosStack Stack { get; } = stack;

    internal Project Project => Stack.Project;

    /// <summary>Kills a command at some moment of a span, by turns alone and with all that it has started; the next <c>up</c> converges.</summary>
    /// <returns>What happened, for a message.</returns>
    internal async Task<string> KillAndConvergeAsync(int number, TimeSpan span, string[] arguments, string? line = null)
    {
        var story = await moments.KillAsync(Project, span, withChildren: number % 2 == 0, arguments, line);
        await ConvergesAsync(story);
        return story;
    }

    /// <summary>Changes a setting and a password, kills the <c>up</c> that applies them, and sees that the next one has.</summary>
    internal async Task KillChangeAsync(int number, TimeSpan span)
    {
        await Entrusted.AddAsync(Stack, $"before change {number}");
        var before = await Entrusted.OfAsync(Project);
        await ChangeAsync(number);

        var story = await KillAndConvergeAsync(number, span, ["up", "dev"]);

        (await Engine.AskAsync("exec", Project.Container("web"), "printenv", "CHAOS")).Should().Be($"{number}", story);
        (await Entrusted.OfAsync(Project)).Should().Be(before, story);
    }

    /// <summary>Changes a setting and a password.</summary>
    internal async Task ChangeAsync(int number)
    {
        Project.Set("app", "environment.CHAOS", $"{number}");
        await File.WriteAllTextAsync(Project.PathOf(".secrets", "dev", "redis-password"), $"password{number}");
    }

    /// <summary>Takes a backup.</summary>
    /// <returns>Its folder.</returns>
    internal async Task<string> BackupAsync()
    {
        CommandResult result = await Project.InfraAsync("backup", "dev");
        result.ExitCode.Should().Be(0, $"{result} ({Moments.Seed})");
        return result.Output.Split('\n').Single(line => line.StartsWith(Project.Folder, StringComparison.Ordinal));
    }

    /// <summary>Cuts off a restore: each of what is restored is as it was or as it is in the backup, and nothing between.</summary>
    internal async Task CutOffRestoreAsync(int number, TimeSpan span, string folder, Entrusted kept, string? line = null)
    {
        await Entrusted.AddAsync(Stack, $"later {number}");
        var now = await Entrusted.OfAsync(Project);

        var story = await KillAndConvergeAsync(number, span, ["restore", "dev", folder, "--yes"], line);

        var after = await Entrusted.OfAsync(Project);
        after.Orders.Should().BeOneOf([kept.Orders, now.Orders], story);
        after.Cached.Should().BeOneOf([kept.Cached, now.Cached], story);
        after.Uploads.Should().BeOneOf([kept.Uploads, now.Uploads], story);
    }

    /// <summary>Orders something that the worker must fulfil.</summary>
    internal async Task OrderAsync(string item)
    {
        var order = await Stack.Shop.OrderAsync(item);
        await Stack.Shop.FulfilledAsync(order, () => Project.LogsAsync("worker"), 60);
    }

    private async Task ConvergesAsync(string story)
    {
        CommandResult result = await Project.InfraAsync("up", "dev");
        result.ExitCode.Should().Be(0, $"the next 'up' must work after {story}\nIt said:\n{result}");
        var services = await Project.ServicesAsync();
        services.Keys.Should().BeEquivalentTo(DevStack.Services, story);
        services.Values.Should().OnlyContain(service => service.State == "healthy", story);
        await Remains.NothingAsync(Project, story);
        var kinds = (await Project.ObjectsAsync()).GroupBy(item => item.Split(' ')[0]).Select(kind => $"{kind.Count()} {kind.Key}");
        kinds.Should().Equal(["6 container", "1 network", "5 volume"], story);
    }
}
