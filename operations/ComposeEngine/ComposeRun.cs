using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Running;

namespace Infra.Operations.ComposeEngine;

/// <summary>Lets Compose put the difference in place, watches the engine's events meanwhile, and says why a service failed.</summary>
public sealed class ComposeRun(Workspace workspace, IShell shell, Docker docker, StackContext stack, IUpView view)
{
    private const int TooManyDeaths = 3;
    private const string Patience = "300";
    private readonly Dictionary<string, int> deaths = new(StringComparer.Ordinal);

    private ImmutableArray<string> Arguments => ComposeProject.Arguments(workspace, stack.Name, stack.Naming);

    /// <exception cref="UserErrorException">A service did not become healthy; its last lines are in the message.</exception>
    public async Task RunAsync(DesiredState desired, ImmutableArray<ContainerState> existing, CancellationToken cancellationToken)
    {
        existing = await new RunningSteps(docker, stack, view).WaitAsync(await WithoutHalfMadeAsync(existing, cancellationToken), cancellationToken);
        UpPlan work = UpPlan.For(stack.Topology, desired, existing);
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var hopeless = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watch = WatchAsync(hopeless, watching.Token);
        try
        {
            // One that is recreated below need not be restarted before.
            if (Unhealthy(existing, desired, work) is { Length: > 0 } unhealthy) await DockerAsync(["restart", .. unhealthy], hopeless.Token);
            await RecreateAsync([.. work.Recreate.Intersect(work.First)], hopeless.Token);
            if (!work.First.IsEmpty)
                await ComposeAsync(
                    ["up", "--detach", "--no-build", "--quiet-pull", "--wait", "--wait-timeout", Patience, .. work.First],
                    hopeless.Token
                );
            foreach (var step in stack.IsRolledBack ? [] : work.Steps)
                await new StepRun(docker, stack, Arguments, view).RunAsync(step, cancellationToken);
            foreach (var service in work.Replaced)
                await new RollingReplacement(docker, stack, Arguments, view).RunAsync(service, desired, cancellationToken);
            await RecreateAsync([.. work.Recreate.Except(work.First)], hopeless.Token);
            await ComposeAsync(
                ["up", "--detach", "--no-build", "--remove-orphans", "--quiet-pull", "--wait", "--wait-timeout", Patience],
                hopeless.Token
            );
            await FreeAsync(work.Replaced, cancellationToken);
        }
        catch (OperationCanceledException) when (hopeless.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw await FailureAsync("It keeps restarting.", cancellationToken);
        }
        finally
        {
            await watching.CancelAsync();
            await watch;
        }
    }

    // One that was made and never started is what an interrupted up left: Compose may not have put its files into it, and would not do so now.
    private async Task<ImmutableArray<ContainerState>> WithoutHalfMadeAsync(
        ImmutableArray<ContainerState> existing,
        CancellationToken cancellationToken
    )
    {
        var halfMade = existing.Where(container => container.Status == "created").ToArray();
        if (halfMade.Length == 0) return existing;
        var removed = await docker.RunAsync(["rm", "--force", .. halfMade.Select(container => container.Id)], cancellationToken);
        if (!removed.Succeeded)
            throw UserErrorException.Failed($"{stack.Naming.Name}: What an interrupted up left was not removed: {removed.Reason}");
        return [.. existing.Except(halfMade)];
    }

    // While some take the places of others, which is which is the replacement's affair.
    private static string[] Unhealthy(ImmutableArray<ContainerState> existing, DesiredState desired, UpPlan work) =>
        [
            .. existing
                .Where(container => container is { IsRunning: true, Health: "unhealthy" } && desired.IsMetBy(container))
                .Where(container => work.Replaced.All(service => service.Name != container.Service))
                .Select(container => container.Id),
        ];

    // With those they wait for: left out, Compose would see another configuration, and make them once more on the next up.
    private async Task RecreateAsync(ImmutableArray<string> services, CancellationToken cancellationToken)
    {
        if (!services.IsEmpty)
            await ComposeAsync(["up", "--detach", "--no-build", "--force-recreate", "--quiet-pull", .. services], cancellationToken);
    }

    // An up that was interrupted may have left a proxy with one container alone.
    private async Task FreeAsync(ImmutableArray<ServiceSpec> switched, CancellationToken cancellationToken)
    {
        var behind = stack.Topology.Services.Where(service => service.Replacement == Replacement.StartFirst && !switched.Contains(service)).ToArray();
        if (behind.Length == 0) return;
        var existing = await docker.ContainersAsync(stack.Naming, cancellationToken);
        await RunningProxy.FreeAsync(docker, behind, stack.Topology, existing, cancellationToken);
    }

    private Task ComposeAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
        => DockerAsync([.. Arguments, .. arguments], cancellationToken);

    private async Task DockerAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var result = await docker.RunAsync(arguments, cancellationToken);
        if (!result.Succeeded) throw await FailureAsync(result.Reason, CancellationToken.None);
    }

    private async Task WatchAsync(CancellationTokenSource hopeless, CancellationToken cancellationToken)
    {
        await foreach (
            var line in shell.ReadLinesAsync(Docker.Program, Docker.Events($"com.docker.compose.project={stack.Naming.Name}"), cancellationToken)
        )
        {
            if (EngineEvent.Parse(line) is not { Service: var service } happening || StateAfter(happening.Action) is not { } state) continue;
            view.Show(service, state);
            if (happening is not { Action: "die", ExitCode: not (null or 0) }) continue;
            deaths[happening.Container] = deaths.GetValueOrDefault(happening.Container) + 1;
            if (deaths[happening.Container] >= TooManyDeaths) await hopeless.CancelAsync();
        }
    }

    private static string? StateAfter(string action) => action switch
    {
        "create" => "created",
        "start" => "starting",
        "die" => "ended",
        "health_status: healthy" => "healthy",
        "health_status: unhealthy" => "unhealthy",
        _ => null,
    };

    private async Task<UserErrorException> FailureAsync(string reason, CancellationToken cancellationToken)
    {
        var existing = await docker.ContainersAsync(stack.Naming, cancellationToken);
        var failed = existing
            .Where(container => !container.IsWell && (container.Status != "created" || deaths.ContainsKey(container.Id)))
            .ToArray();
        var reports = await Task.WhenAll(failed.Select(container => FailureReport.OfAsync(docker, stack.Topology, container, cancellationToken)));
        return UserErrorException.Failed(
            [$"{stack.Naming.Name}: Not every service became healthy. {reason}", .. reports.SelectMany(lines => lines),
             $"Running containers were left as they are: './infra.sh status {stack.Name}' shows them, "
                + $"and './infra.sh up {stack.Name}' continues from here."]);
    }
}
