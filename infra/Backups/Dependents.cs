using System.Collections.Immutable;
using Infra.Cli;
using Infra.Engine;
using Infra.Model;
using Infra.Up;

namespace Infra.Backups;

/// <summary>Stops what uses a service, whichever engine made it, and starts it again in order.</summary>
public sealed class Dependents(IShell shell, Topology topology, TextWriter output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly Docker docker = new(shell);

    /// <summary>The services that wait for one of these, directly or not, in the order in which they start.</summary>
    public ImmutableArray<ServiceSpec> Of(IEnumerable<string> services)
    {
        var reached = services.ToHashSet(StringComparer.Ordinal);
        var order = topology.InStartOrder();
        return [.. order.Where(service => service.Role != ServiceRole.Job && service.WaitsFor.Any(wait => reached.Contains(wait.Service)) && reached.Add(service.Name))];
    }

    /// <summary>Stops those that run, the last to start first, each with its grace.</summary>
    /// <returns>What was stopped, in the order in which it starts.</returns>
    /// <exception cref="CliException">One does not stop.</exception>
    public async Task<ImmutableArray<ContainerState>> StopAsync(ImmutableArray<ServiceSpec> services, ImmutableArray<ContainerState> standing, CancellationToken cancel)
    {
        var stopped = new List<ContainerState>();
        foreach (var service in services.Reverse())
        {
            foreach (var container in standing.Where(container => container.Service == service.Name && container.IsUp))
            {
                stopped.Insert(0, container);
                var grace = FormattableString.Invariant($"{Math.Ceiling(service.StopGrace.TotalSeconds)}");
                await RequireAsync(service.Name, "stopped", ["stop", "-t", grace, container.Id], cancel);
                output.WriteLine($"{service.Name}: stopped.");
            }
        }

        return [.. stopped];
    }

    /// <summary>Starts these in their order, each when the one before is well, and waits for the last; all at once when it is cancelled.</summary>
    /// <exception cref="CliException">One is not well in time; the others were started all the same.</exception>
    public async Task StartAsync(ImmutableArray<ContainerState> containers, CancellationToken cancel)
    {
        var faults = new List<string>();
        foreach (var container in containers)
        {
            try
            {
                await RequireAsync(container.Service, "started", ["start", container.Id], CancellationToken.None);
                if (!cancel.IsCancellationRequested) await WellAsync(container, CancellationToken.None);
                output.WriteLine($"{container.Service}: started.");
            }
            catch (CliException fault)
            {
                faults.Add(fault.Message);
            }
        }

        if (faults.Count > 0) throw CliException.Failure(faults);
    }

    /// <exception cref="CliException">It is not well in time.</exception>
    public async Task WellAsync(ContainerState container, CancellationToken cancel)
    {
        var end = DateTimeOffset.UtcNow + Patience;
        while (true)
        {
            var now = (await docker.ContainersAsync(topology.Naming, cancel)).FirstOrDefault(other => other.Id == container.Id);
            if (now is { IsWell: true }) return;
            if (now is null || DateTimeOffset.UtcNow > end)
                throw CliException.Failure([$"{container.Service}: It is not well after its start.", .. now is null ? [] : await FailureReport.OfAsync(docker, topology, now, cancel)]);
            await Task.Delay(Pause, cancel);
        }
    }

    private async Task RequireAsync(string service, string what, string[] words, CancellationToken cancel)
    {
        var result = await docker.RunAsync(words, cancel);
        if (!result.Succeeded) throw CliException.Failure($"{service}: It was not {what}: {result.Reason}");
    }
}
