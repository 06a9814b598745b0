using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Backups;

/// <summary>Stops what uses a service, whichever engine made it, and starts it again in order, whatever happens meanwhile.</summary>
public sealed class Dependents(IShell shell, Topology topology, StoppedNote note, TextWriter output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly Docker docker = new(shell);

    /// <summary>The services that wait for one of these, directly or not, in the order in which they start.</summary>
    public static ImmutableArray<ServiceSpec> On(Topology topology, IEnumerable<string> services)
    {
        var reached = services.ToHashSet(StringComparer.Ordinal);
        var order = topology.InStartOrder();
        return
        [
            .. order.Where(service =>
                service.Role != ServiceRole.Job && service.WaitsFor.Any(wait => reached.Contains(wait.Service)) && reached.Add(service.Name)
            ),
        ];
    }

    /// <summary>Does something while these do not run; what was stopped, by this run or by one that was killed, runs again afterwards.</summary>
    /// <exception cref="UserErrorException">
    /// One was not stopped, the action failed, or one is not healthy afterwards. The message has all of it.
    /// </exception>
    public async Task WhileStoppedAsync(
        ImmutableArray<ServiceSpec> services, ImmutableArray<ContainerState> containers, Func<Task> act, CancellationToken cancellationToken)
    {
        // Grows as they are stopped: whatever fails in between, these are started.
        var stopped = LeftStopped(containers).ToList();
        var faults = new List<string>();
        try
        {
            await StopAsync(services, containers, stopped, cancellationToken);
            await act();
        }
        catch (UserErrorException fault)
        {
            faults.Add(fault.Message);
        }
        finally
        {
            faults.AddRange(await StartAsync(InOrder(stopped), cancellationToken));
            if (cancellationToken.IsCancellationRequested) faults.ForEach(output.WriteLine);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (faults.Count > 0) throw UserErrorException.Failed(faults);
    }

    /// <summary>Starts what a restore that was killed has left stopped.</summary>
    /// <exception cref="UserErrorException">One is not started, or not healthy in time.</exception>
    public async Task ResumeAsync(ImmutableArray<ContainerState> containers, CancellationToken cancellationToken)
    {
        var faults = await StartAsync(InOrder(LeftStopped(containers)), cancellationToken);
        if (faults.Count > 0) throw UserErrorException.Failed(faults);
        note.Keep([]);
    }

    private ImmutableArray<ContainerState> LeftStopped(ImmutableArray<ContainerState> containers)
    {
        var noted = note.Read();
        ImmutableArray<ContainerState> left = [.. containers.Where(container => noted.Contains(container.Id) && !container.IsUp)];
        foreach (var container in left)
            output.WriteLine($"{container.Title}: It was stopped by a restore that was interrupted; it will be started again.");
        return left;
    }

    private ImmutableArray<ContainerState> InOrder(IEnumerable<ContainerState> containers)
    {
        var order = topology.InStartOrder().Select(service => service.Name).ToList();
        return [.. containers.OrderBy(container => order.IndexOf(container.Service))];
    }

    // The last to start first, each with its grace.
    private async Task StopAsync(
        ImmutableArray<ServiceSpec> services,
        ImmutableArray<ContainerState> containers,
        List<ContainerState> stopped,
        CancellationToken cancellationToken
    )
    {
        foreach (var service in services.Reverse())
        {
            foreach (var container in containers.Where(container => container.Service == service.Name && container.IsUp))
            {
                cancellationToken.ThrowIfCancellationRequested();
                stopped.Add(container);
                note.Add(container);
                await StopAsync(service, container);
                output.WriteLine($"{container.Title}: stopped.");
            }
        }
    }

    // To its end, also when the command is interrupted: what is still being stopped cannot be started.
    private async Task StopAsync(ServiceSpec service, ContainerState container)
    {
        string[] arguments = ["stop", "-t", FormattableString.Invariant($"{Math.Ceiling(service.StopGrace.TotalSeconds)}"), container.Id];
        try
        {
            await RequireAsync(container.Title, "stopped", arguments);
        }
        catch (OperationCanceledException)
        {
            await RequireAsync(container.Title, "stopped", arguments);
            throw;
        }
    }

    // Each when the one before is healthy; all together when it is cancelled. An unhealthy one is reported, and the others are started all the same.
    private async Task<List<string>> StartAsync(ImmutableArray<ContainerState> containers, CancellationToken cancellationToken)
    {
        var faults = new List<string>();
        foreach (var container in containers)
        {
            try
            {
                await RequireAsync(container.Title, "started", ["start", container.Id]);
                note.Remove(container.Id);
                if (!cancellationToken.IsCancellationRequested) await WellAsync(container, CancellationToken.None);
                output.WriteLine($"{container.Title}: started.");
            }
            catch (UserErrorException fault)
            {
                faults.Add(fault.Message);
            }
        }

        return faults;
    }

    private async Task WellAsync(ContainerState container, CancellationToken cancellationToken)
    {
        var end = DateTimeOffset.UtcNow + Patience;
        while (true)
        {
            var now = (await docker.ContainersAsync(topology.Naming, cancellationToken)).FirstOrDefault(other => other.Id == container.Id);
            if (now is { IsWell: true }) return;
            if (now is null || DateTimeOffset.UtcNow > end)
                throw UserErrorException.Failed([
                    $"{container.Title}: It is not healthy after its start.",
                    .. now is null ? [] : await FailureReport.OfAsync(docker, topology, now, cancellationToken),
                ]);
            await Task.Delay(Pause, cancellationToken);
        }
    }

    private async Task RequireAsync(string service, string what, string[] arguments)
    {
        var result = await docker.RunAsync(arguments, CancellationToken.None);
        if (!result.Succeeded) throw UserErrorException.Failed($"{service}: It was not {what}: {result.Reason}");
    }
}
