using System.Diagnostics;

namespace Infra.Tests.EndToEnd.Chaos;

/// <summary>A <c>dev</c> stack of its own, with a volume for uploads, that is treated badly.</summary>
public sealed class ChaosStack : IAsyncLifetime
{
    internal const string Uploads = "/srv/uploads";

    private Project? project;
    private TimeSpan? fromNothing;

    internal Project Project => project ?? throw new InvalidOperationException(Engine.Problem);

    internal Shop Shop { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        if (DevStack.IsSkipped) return;
        await Project.SweepAsync();
        project = Project.Make();
        project.Set("app", "volumes.uploads", Uploads);
        Shop = new Shop(project.WebPort);
    }

    public async Task DisposeAsync()
    {
        if (project is not null) await project.DisposeAsync();
    }

    /// <summary>How long an undisturbed <c>up</c> from nothing takes here, its images being built: the span of the moments.</summary>
    internal async Task<TimeSpan> FromNothingAsync()
    {
        if (fromNothing is { } known) return known;
        await Project.UpAsync();
        await DownAsync();
        fromNothing = await TimeAsync("up", "dev");
        return fromNothing.Value;
    }

    /// <summary>Runs a command undisturbed, which must work.</summary>
    /// <returns>How long it took.</returns>
    internal async Task<TimeSpan> TimeAsync(params string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        CommandResult result = await Project.InfraAsync(arguments);
        result.ExitCode.Should().Be(0, result.ToString());
        return clock.Elapsed;
    }

    /// <summary>Takes it down with its data and its secrets.</summary>
    internal async Task DownAsync()
    {
        await TimeAsync("down", "dev", "--volumes", "--yes");
        if (Directory.Exists(Project.PathOf(".secrets"))) Directory.Delete(Project.PathOf(".secrets"), recursive: true);
    }
}
