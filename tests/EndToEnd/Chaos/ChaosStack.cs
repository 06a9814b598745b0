using System.Diagnostics;
using System.Globalization;

namespace Infra.Tests.EndToEnd.Chaos;

/// <summary>A <c>dev</c> stack of its own that is treated badly: its commands are killed at moments that a seed decides.</summary>
public sealed class ChaosStack : IAsyncLifetime
{
    /// <summary>The variable that repeats a run.</summary>
    public const string SeedVariable = "INFRA_CHAOS_SEED";

    private readonly Random random;
    private Project? project;

    public ChaosStack()
    {
        Seed = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next(1_000_000);
        random = new Random(Seed);
    }

    public int Seed { get; }

    internal Project Project => project!;

    internal Shop Shop { get; private set; } = null!;

    /// <summary>How long an undisturbed <c>up</c> from nothing takes here: the span of the moments.</summary>
    internal TimeSpan FromNothing { get; private set; }

    public async Task InitializeAsync()
    {
        if (DevStack.IsSkipped) return;
        await Project.SweepAsync();
        project = Project.Make();
        Shop = new Shop(project.WebPort);
        await project.UpAsync();
        await DownAsync();
        var clock = Stopwatch.StartNew();
        await project.UpAsync();
        FromNothing = clock.Elapsed;
    }

    public async Task DisposeAsync()
    {
        if (project is not null) await project.DisposeAsync();
    }

    /// <summary>Takes it down with its data.</summary>
    internal async Task DownAsync()
    {
        var down = await Project.InfraAsync("down", "dev", "--volumes", "--yes");
        down.ExitCode.Should().Be(0, down.ToString());
    }

    /// <summary>Starts a command and kills it at some moment of this span, by turns alone and with all that it has started.</summary>
    /// <returns>What happened, for a message.</returns>
    internal async Task<string> KillAsync(TimeSpan span, bool withChildren, params string[] words)
    {
        var after = TimeSpan.FromSeconds(0.3) + (span * random.NextDouble());
        using var command = Project.Start(words);
        await Task.Delay(after);
        var id = command.Id.ToString(CultureInfo.InvariantCulture);
        await Program.RunAsync("kill", ["-KILL", "--", withChildren ? "-" + id : id]);
        await command.EndAsync();
        return FormattableString.Invariant($"'{string.Join(' ', words)}' killed{(withChildren ? " with its children" : "")} after {after.TotalSeconds:0.00} s (seed {Seed}):\n{command.Said}");
    }

    /// <summary>Brings it up after that, which must work, and sees that all is there and nothing more.</summary>
    internal async Task ConvergesAsync(string story)
    {
        var told = await Project.InfraAsync("up", "dev");
        told.ExitCode.Should().Be(0, $"the next 'up' must work after {story}\nIt said:\n{told}");
        var services = await Project.ServicesAsync();
        services.Keys.Should().BeEquivalentTo(DevStack.Services, story);
        services.Values.Should().OnlyContain(service => service.State == "healthy", story);
        var kinds = (await Project.ObjectsAsync()).GroupBy(item => item.Split(' ')[0]).Select(kind => $"{kind.Count()} {kind.Key}");
        kinds.Should().Equal(["6 container", "1 network", "4 volume"], story);
        Directory.EnumerateFiles(Project.PathOf(".secrets"), "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(Project.PathOf(".infra", "dev")))
            .Where(file => file.EndsWith(".new", StringComparison.Ordinal) || file.EndsWith(".draft", StringComparison.Ordinal)).Should().BeEmpty(story);
    }
}
