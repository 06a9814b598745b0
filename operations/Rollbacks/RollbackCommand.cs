using System.Collections.Immutable;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Releases;
using Infra.Operations.StackEngines;
using Infra.Operations.Up;
using Infra.Stacks.Composition;

namespace Infra.Operations.Rollbacks;

/// <summary>Brings a stack back to an earlier release of the application's images, as gapless as an <c>up</c>.</summary>
public sealed class RollbackCommand(Session session, StackContext stack, IStackEngine engine)
{
    private readonly StackReleases releases = new(session, stack);

    /// <summary>Looks what it leads to. Changes nothing.</summary>
    /// <param name="existing">The stack's containers.</param>
    /// <param name="number">The release to go to; the one before what runs when unset.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UserErrorException">There is no such release, or its image is gone.</exception>
    public async Task<RollbackPlan> PlanAsync(ImmutableArray<ContainerState> existing, int? number, CancellationToken cancellationToken)
    {
        var history = await releases.RequireAsync(cancellationToken);
        var to = history.Target(stack, existing, number);
        var running = history.Running(stack, existing);
        var on = await releases.OnAsync(to, engine.NamesImagesByDigest, cancellationToken);
        var lines = ImmutableArray.CreateBuilder<string>();
        lines.Add($"{stack.Naming.Name}: from {running?.Title ?? "images that are no release"} to {to.Title}.");
        foreach (var (name, image) in on.Settings.App.Rollback) lines.Add($"{string.Join(", ", ServicesOf(name))}: on {image}.");
        var steps = ReleaseHistory.StepsSince(to, existing);
        if (!steps.IsEmpty)
            lines.Add(
                $"{string.Join(", ", steps)}: {(steps.Length == 1 ? "The step has" : "The steps have")} run since release {to.Number}, "
                    + $"and what that did stays. Release {to.Number} must suit it; only a backup takes it back ('./infra.sh restore {stack.Name}')."
            );
        if (await AreSettingsOthersAsync(history, running, cancellationToken))
            lines.Add($"{Workspace.SettingsName(stack.Name)}: What it says is not what the last up said, and comes along.");
        return new RollbackPlan(to, on, lines.ToImmutable());
    }

    /// <summary>Does it.</summary>
    /// <param name="plan">What it leads to.</param>
    /// <param name="existing">The stack's containers.</param>
    /// <param name="beforeChanges">Runs before anything that runs is changed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The command's exit code.</returns>
    /// <exception cref="UserErrorException">A service did not become healthy; web's old container keeps serving.</exception>
    public async Task<int> RunAsync(
        RollbackPlan plan,
        ImmutableArray<ContainerState> existing,
        Func<CancellationToken, Task> beforeChanges,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await engine.RollBackAsync(plan.Stack, existing, beforeChanges, cancellationToken);
        }
        catch (UserErrorException error) when (error.ExitCode == UserErrorException.FailedCode)
        {
            throw UserErrorException.Failed(
                error.Message,
                $"Release {plan.To.Number} is not up. './infra.sh rollback {stack.Name} {plan.To.Number}' tries it again, "
                    + $"and './infra.sh up {stack.Name}' deploys what is in the tree."
            );
        }
    }

    private IEnumerable<string> ServicesOf(string image) =>
        stack.Topology.Services.Where(service => !service.IsStep() && ApplicationImages.NameOf(service, stack.Settings) == image)
            .Select(service => service.Name);

    // Known where the last `up` was this checkout's, through Compose.
    private async Task<bool> AreSettingsOthersAsync(ReleaseHistory history, Release? running, CancellationToken cancellationToken)
    {
        var applied = LastApply.Read(session.Workspace.Absolute(Workspace.AppliedOf(stack.Name))).Compose;
        if (applied.Length == 0) return false;
        var last = running is null || running == history.Newest ? stack : await releases.OnAsync(running, isByDigest: false, cancellationToken);
        return applied != ComposeProject.Digest(new ComposeProject(session.Workspace, last).Text);
    }
}
