using System.Diagnostics;
using Infra.Tests.Offline;

namespace Infra.Tests.EndToEnd.Setups;

/// <summary>An application unlike the others, as its settings alone make it run: a folder of <c>apps</c>.</summary>
public abstract class SetupStack(string app, string stack = "dev") : LiveStack
{
    /// <summary>What it is called.</summary>
    internal string Name => app;

    /// <summary>How long it took from nothing to all healthy, the images built.</summary>
    internal TimeSpan Took { get; private set; }

    internal sealed override Project Make() => Project.From(Repository.PathOf("tests", "EndToEnd", "Setups", "apps", app), stack);

    internal sealed override async Task<CommandResult> BringUpAsync(Project project)
    {
        CommandResult built = await project.InfraAsync("build", stack, "--images", "debian");
        if (built.ExitCode != 0) return built;
        await StartOthersAsync(project);
        var clock = Stopwatch.StartNew();
        CommandResult up = await base.BringUpAsync(project);
        Took = clock.Elapsed;
        return up;
    }

    /// <summary>Starts what is no part of the stack, once its images are there.</summary>
    internal virtual Task StartOthersAsync(Project project) => Task.CompletedTask;
}
