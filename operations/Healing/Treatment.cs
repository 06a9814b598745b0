using System.Collections.Concurrent;
using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;

namespace Infra.Operations.Healing;

/// <summary>Restarts one container until it is healthy, given up, or cannot be restarted: a pause, a restart, and a look at the result.</summary>
internal sealed class Treatment(
    IShell shell, Topology topology, WatchedContainers watched, Stops stops, HealLog log, int most, TimeProvider clock,
    Func<TimeSpan, CancellationToken, Task> wait, Func<CancellationToken, Task<IDisposable?>> takeLock)
{
    /// <summary>So long the engine has for an answer.</summary>
    public static readonly TimeSpan Answer = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Patient> patients = new(StringComparer.Ordinal);

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>How it has gone with a container so far: one of several of a service is ill by itself.</summary>
    public Patient PatientFor(string container) => patients.GetOrAdd(container, _ => new Patient(most));

    /// <summary>Whether restarting it would not help: it waits for an unhealthy one, or could not be started again.</summary>
    public bool IsHeldBack(ContainerState container, ImmutableArray<ContainerState> running)
    {
        var patient = PatientFor(container.Id);
        var lost = LostMounts.Find(topology, container);
        if (lost is not null && patient.LostMount != lost) log.Write(HealLine.About(container, "none", detail: lost));
        patient.LostMount = lost;
        if (lost is not null) return true;
        // Restarting it would also interrupt its work.
        if (Roots.Find(container.Service, topology, running) is not { } root) return false;
        if (patient.Root != root) log.Write(HealLine.About(container, "wait", detail: $"'{root}' is not healthy, and is restarted first."));
        patient.Root = root;
        return true;
    }

    public async Task RunAsync(ContainerState seen, CancellationToken cancellationToken)
    {
        var patient = PatientFor(seen.Id);
        patient.Ill(Now);
        var container = seen;
        while (!patient.IsGivenUp(Now))
        {
            var pause = patient.NextPause(topology.Find(container.Service)?.Health);
            log.Write(HealLine.About(container, "wait", patient.Attempts + 1, FormattableString.Invariant($"{pause.TotalSeconds:0} s")));
            await wait(pause, cancellationToken);
            // Another command may be changing the stack, and restart it, or remove it.
            using (await takeLock(cancellationToken))
            {
                var running = await watched.AllAsync(cancellationToken);
                if (running.FirstOrDefault(other => other.Id == seen.Id) is not { } now || !watched.NeedsHelp(now) || IsHeldBack(now, running))
                    return;
                container = now;
                await HelpAsync(container, patient, cancellationToken);
            }

            if (await RecoversAsync(container.Id, cancellationToken) is not { } ill) return;
            container = ill;
        }

        log.Write(HealLine.About(container, "give-up", patient.Attempts,
            $"'./infra.sh logs {topology.Naming.Stack} {container.Title}' may show why. It is tried again in an hour."));
    }

    private async Task HelpAsync(ContainerState container, Patient patient, CancellationToken cancellationToken)
    {
        var attempt = patient.Helped(Now);
        var grace = topology.Find(container.Service)?.StopGrace ?? TimeSpan.FromSeconds(10);
        string[] restart = ["restart", "-t", FormattableString.Invariant($"{Math.Ceiling(grace.TotalSeconds)}"), container.Id];
        var (action, arguments) = container.IsRunning ? ("restart", restart) : ("start", ["start", container.Id]);
        stops.Restarts(container.Id);
        var result = await new Docker(new BoundedShell(shell, grace + Answer)).RunAsync(arguments, cancellationToken);
        log.Write(HealLine.About(container, action, attempt, result.Succeeded ? null : result.Reason));
    }

    // Until it is healthy, or unhealthy again; while starting it is neither.
    private async Task<ContainerState?> RecoversAsync(string id, CancellationToken cancellationToken)
    {
        while (await watched.FindAsync(id, cancellationToken) is { } container)
        {
            if (container.IsWell) return null;
            if (watched.NeedsHelp(container)) return container;
            await wait(TimeSpan.FromSeconds(1), cancellationToken);
        }

        return null;
    }
}
