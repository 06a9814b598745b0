using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.ComposeEngine;

/// <summary>Runs a step to its end, before anything that waits for it is touched.</summary>
public sealed class StepRun(Docker docker, StackContext stack, ImmutableArray<string> compose, IUpView view)
{
    /// <exception cref="UserErrorException">It failed; its last lines are in the message.</exception>
    public async Task RunAsync(ServiceSpec step, CancellationToken cancellationToken)
    {
        string[] arguments = ["up", "--detach", "--no-build", "--no-deps", "--force-recreate", "--quiet-pull", step.Name];
        var started = await docker.RunAsync([.. compose, .. ComposeProject.WithSteps(stack), .. arguments], cancellationToken);
        if (!started.Succeeded)
            throw UserErrorException.Failed($"{step.Name}: The step could not be started: {started.Reason} Nothing that waits for it was changed.");
        var container = await FindAsync(step, cancellationToken);
        await docker.RunAsync(["wait", container.Id], cancellationToken);
        container = await FindAsync(step, cancellationToken);
        view.Show(step.Name, container.IsCompleted ? "completed" : "failed");
        if (container.IsCompleted) return;
        throw UserErrorException.Failed(
            [$"{stack.Naming.Name}: The step '{step.Name}' failed, and nothing that waits for it was changed: the old version keeps serving.",
             .. await FailureReport.OfAsync(docker, stack.Topology, container, cancellationToken),
             $"Fix it and run './infra.sh up {stack.Name}' again."]);
    }

    private async Task<ContainerState> FindAsync(ServiceSpec step, CancellationToken cancellationToken) =>
        (await docker.ContainersAsync(stack.Naming, cancellationToken)).FirstOrDefault(container => container.Service == step.Name)
        ?? throw UserErrorException.Failed(
            $"{step.Name}: The step's container was removed while it was running. Run './infra.sh up {stack.Name}' again."
        );
}
