using System.Collections.Concurrent;
using System.Collections.Immutable;
using Infra.Cli;
using Infra.Engine;
using Infra.Model;

namespace Infra.Healing;

/// <summary>
/// Follows the engine's events of a stack and restarts what stays unhealthy, or ended and is not started again by the engine.
/// What somebody stopped by hand stays stopped, and a step that ran to its end is no patient.
/// </summary>
public sealed class Healer(IShell shell, Topology topology, int most, TextWriter output, TimeProvider clock, Func<TimeSpan, CancellationToken, Task> wait,
    Func<CancellationToken, Task<IDisposable?>> takeLock)
{
    private static readonly TimeSpan EnginePause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Answer = TimeSpan.FromSeconds(30);
    private readonly Docker docker = new(new BoundedShell(shell, Answer));
    private readonly ConcurrentDictionary<string, Patient> patients = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> treatments = new(StringComparer.Ordinal);
    private readonly EventLoop loop = new(shell, topology.Naming, clock);
    private readonly Stops stops = new();
    private readonly Lock turn = new();
    private bool isAway;

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Looks once and helps whoever needs it, as often as is allowed.</summary>
    /// <returns>Whether every service is well at the end.</returns>
    public async Task<bool> OnceAsync(CancellationToken cancel)
    {
        var cases = (await CasesAsync(cancel)).Select(container => TreatAsync(container, cancel)).ToArray();
        await Task.WhenAll(cases);
        return (await CasesAsync(cancel)).IsEmpty;
    }

    /// <summary>Goes on until it is cancelled, also past restarts of the engine.</summary>
    public async Task FollowAsync(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                stops.Forget();
                await loop.RunAsync(() => GoRoundAsync(cancel), happening => HandleAsync(happening, cancel), cancel);
            }
            catch (CliException)
            {
                // It hangs, or tells of events and answers no question: that is an engine that is away, too.
            }

            cancel.ThrowIfCancellationRequested();
            if (!isAway) Say(new HealLine(null, "engine-away", "wait"));
            isAway = true;
            await wait(EnginePause, cancel);
        }
    }

    private async Task GoRoundAsync(CancellationToken cancel)
    {
        var cases = await CasesAsync(cancel);
        if (isAway) Say(new HealLine(null, "engine-back", "none"));
        isAway = false;
        foreach (var container in cases.Where(container => !Of(container.Service).IsHopeless)) Treat(container, cancel);
    }

    private async Task HandleAsync(EngineEvent happening, CancellationToken cancel)
    {
        if (!IsCared(happening.Service)) return;
        stops.Note(happening);
        switch (happening.Action)
        {
            case "health_status: healthy":
                if (patients.TryGetValue(happening.Service, out var patient) && patient.Attempts > 0) Say(new HealLine(happening.Service, "healthy", "none", patient.Attempts));
                Of(happening.Service).Well(Now);
                break;
            case "die" when stops.IsRestart(happening.Container):
                break;
            case "die" when stops.IsByHand(happening.Container):
                Say(new HealLine(happening.Service, "stopped", "none"));
                break;
            case "die" or "health_status: unhealthy":
                if (await FindAsync(happening.Container, cancel) is { } container) Treat(container, cancel);
                break;
            default:
                break;
        }
    }

    // One at a time for each container; an event that comes while it is treated is part of the same illness.
    private void Treat(ContainerState container, CancellationToken cancel)
    {
        if (treatments.TryGetValue(container.Id, out var running) && !running.IsCompleted) return;
        treatments[container.Id] = FollowedAsync(container, cancel);
    }

    // Nobody waits for it; the next round sees who is still ill.
    private async Task FollowedAsync(ContainerState container, CancellationToken cancel)
    {
        try
        {
            await TreatAsync(container, cancel);
        }
        catch (CliException error)
        {
            Say(new HealLine(container.Service, "engine-away", "wait", Detail: error.Message));
        }
    }

    private async Task TreatAsync(ContainerState seen, CancellationToken cancel)
    {
        var patient = Of(seen.Service);
        patient.Ill(Now);
        var container = seen;
        while (!patient.IsHopeless)
        {
            Say(new HealLine(container.Service, EventOf(container), "wait", patient.Attempts + 1, FormattableString.Invariant($"{patient.Pause.TotalSeconds:0} s")));
            await wait(patient.Pause, cancel);
            // Another command may be changing the stack, and cure it, or remove it.
            using var held = await takeLock(cancel);
            if (await FindAsync(seen.Id, cancel) is not { } now || !IsCase(now)) return;
            container = now;
            var attempt = patient.Helped();
            var grace = topology.Find(container.Service)?.StopGrace ?? TimeSpan.FromSeconds(10);
            var (action, words) = container.IsRunning
                ? ("restart", new[] { "restart", "-t", FormattableString.Invariant($"{Math.Ceiling(grace.TotalSeconds)}"), container.Id })
                : ("start", ["start", container.Id]);
            stops.Restarts(container.Id);
            var result = await new Docker(new BoundedShell(shell, grace + Answer)).RunAsync(words, cancel);
            Say(new HealLine(container.Service, EventOf(container), action, attempt, result.Succeeded ? null : result.Reason));
            held?.Dispose();
            if (await RecoversAsync(container.Id, cancel) is not { } ill) return;
            container = ill;
        }

        Say(new HealLine(container.Service, EventOf(container), "give-up", patient.Attempts, $"'./infra.sh logs {topology.Naming.Stack} {container.Service}' may tell why."));
    }

    // Until it is well, or ill again; what starts is neither.
    private async Task<ContainerState?> RecoversAsync(string id, CancellationToken cancel)
    {
        while (await FindAsync(id, cancel) is { } container)
        {
            if (container.IsWell) return null;
            if (IsCase(container)) return container;
            await wait(TimeSpan.FromSeconds(1), cancel);
        }

        return null;
    }

    private async Task<ImmutableArray<ContainerState>> CasesAsync(CancellationToken cancel)
        => [.. (await docker.ContainersAsync(topology.Naming, cancel)).Where(container => IsCared(container.Service) && IsCase(container))];

    private async Task<ContainerState?> FindAsync(string id, CancellationToken cancel)
        => (await docker.ContainersAsync(topology.Naming, cancel)).FirstOrDefault(container => container.Id == id);

    private bool IsCase(ContainerState container)
        => container is { IsRunning: true, Health: "unhealthy" } or { Status: "exited" or "dead" } && !stops.IsByHand(container.Id);

    // A step ends, and is meant to.
    private bool IsCared(string name) => topology.LongRunning().Any(service => service.Name == name);

    private static string EventOf(ContainerState container) => container.IsRunning ? container.Health ?? "running" : "ended";

    private Patient Of(string service) => patients.GetOrAdd(service, _ => new Patient(most));

    private void Say(HealLine line)
    {
        lock (turn)
        {
            output.WriteLine(line.At(Now));
            output.Flush();
        }
    }
}
