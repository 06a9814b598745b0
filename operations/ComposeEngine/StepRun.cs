using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.ComposeEngine;

/// <summary>Runs a step to its end, before anything that waits for it is touched.</summary>
public sealed class StepRun(Docker docker, StackContext stack, ImmutableArray<string> compose, IUpView view)
{
    /// <exception cref="CliException">It failed; its last lines are in the message.</exception>
    public async Task RunAsync(ServiceSpec step, CancellationToken cancel)
    {
        string[] words = ["up", "--detach", "--no-build", "--no-deps", "--force-recreate", "--quiet-pull", step.Name];
        var started = await docker.RunAsync([.. compose, .. ComposeProject.WithSteps(stack), .. words], cancel);
        if (!started.Succeeded) throw CliException.Failure($"{step.Name}: The step could not be started: {started.Reason} Nothing that waits for it was changed.");
        var container = await FindAsync(step, cancel);
        await docker.RunAsync(["wait", container.Id], cancel);
        container = await FindAsync(step, cancel);
        view.Show(step.Name, container.IsCompleted ? "completed" : "failed");
        if (container.IsCompleted) return;
        throw CliException.Failure(
            [$"{stack.Naming.Name}: The step '{step.Name}' failed, and nothing that waits for it was changed: what served before still does.",
             .. await FailureReport.OfAsync(docker, stack.Topology, container, cancel),
             $"Mend it and run './infra.sh up {stack.Name}' again."]);
    }

    private async Task<ContainerState> FindAsync(ServiceSpec step, CancellationToken cancel)
        => (await docker.ContainersAsync(stack.Naming, cancel)).FirstOrDefault(container => container.Service == step.Name)
           ?? throw CliException.Failure($"{step.Name}: Somebody removed the step's container while it ran. Run './infra.sh up {stack.Name}' again.");
}
