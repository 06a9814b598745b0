using System.Collections.Immutable;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Operations.Running;

/// <summary>Steps that are still running: an interrupted <c>up</c> started them. A migration is never killed to be started again.</summary>
public sealed class RunningSteps(Docker docker, StackContext stack, IUpView view)
{
    /// <summary>Waits for their end, before anything that they may use is touched.</summary>
    /// <returns>The containers as they are then.</returns>
    public async Task<ImmutableArray<ContainerState>> WaitAsync(ImmutableArray<ContainerState> existing, CancellationToken cancellationToken)
    {
        var running = existing.Where(container => container is { IsStep: true, IsUp: true }).ToArray();
        if (running.Length == 0) return existing;
        foreach (var step in running)
        {
            view.Show(step.Service, "still running");
            await docker.RunAsync(["wait", step.Id], cancellationToken);
            view.Show(step.Service, "ended");
        }

        return await docker.ContainersAsync(stack.Naming, cancellationToken);
    }
}
