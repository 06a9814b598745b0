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
    private readonly Stops stops = new(clock);
    private readonly Lock turn = new();
    private bool isAway;

    private DateTimeOffset Now => clock.GetUtcNow();

    /// <summary>Looks once and helps whoever needs it, as often as is allowed: what was stopped too, and who waits for others after those.</summary>
    /// <returns>Whether every service is well at the end.</returns>
    public async Task<bool> OnceAsync(CancellationToken cancel)
    {
        for (var helped = new HashSet<string>(StringComparer.Ordinal); ;)
        {
            var running = await RunningAsync(cancel);
            var cases = running.Where(IsCase).ToArray();
            var next = cases.Where(container => !IsHeldBack(container, running) && helped.Add(container.Id)).ToArray();
            if (next.Length == 0) return cases.Length == 0;
            await Task.WhenAll(next.Select(container => TreatAsync(container, cancel)));
        }
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
        var running = await RunningAsync(cancel);
        if (isAway) Say(new HealLine(null, "engine-back", "none"));
        isAway = false;
        foreach (var stopped in running.Where(container => container.WasStopped && stops.WasStopped(container.Id)))
            Say(new HealLine(stopped.Service, "stopped", "none", Detail: $"'./infra.sh up {topology.Naming.Stack}' starts it."));
        foreach (var container in running.Where(IsCase).Where(container => !Of(container.Service).IsGivenUp(Now) && !IsHeldBack(container, running)))
            Treat(container, cancel);
    }

    private async Task HandleAsync(EngineEvent happening, CancellationToken cancel)
    {
        if (!IsCared(happening.Service)) return;
        stops.Note(happening);
        switch (happening.Action)
        {
            case "health_status: healthy":
                var patient = Of(happening.Service);
                if (patient.Attempts > 0) Say(new HealLine(happening.Service, "healthy", "none", patient.Attempts));
                patient.Well(Now);
                break;
            case "die" when stops.IsRestart(happening.Container):
                break;
            case "die" when stops.IsByHand(happening.Container):
                Say(new HealLine(happening.Service, "stopped", "none"));
                break;
            case "die" or "health_status: unhealthy":
                if (await FindAsync(happening.Container, cancel) is { } container) Treat(container, cancel);
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
        while (!patient.IsGivenUp(Now))
        {
            var pause = patient.NextPause(topology.Find(container.Service)?.Health);
            Say(HealLine.About(container, "wait", patient.Attempts + 1, FormattableString.Invariant($"{pause.TotalSeconds:0} s")));
            await wait(pause, cancel);
            // Another command may be changing the stack, and cure it, or remove it.
            using (await takeLock(cancel))
            {
                var running = await RunningAsync(cancel);
                if (running.FirstOrDefault(other => other.Id == seen.Id) is not { } now || !IsCase(now) || IsHeldBack(now, running)) return;
                container = now;
                await HelpAsync(container, patient, cancel);
            }

            if (await RecoversAsync(container.Id, cancel) is not { } ill) return;
            container = ill;
        }

        Say(HealLine.About(container, "give-up", patient.Attempts,
            $"'./infra.sh logs {topology.Naming.Stack} {container.Service}' may tell why. It is tried again in an hour."));
    }

    private async Task HelpAsync(ContainerState container, Patient patient, CancellationToken cancel)
    {
        var attempt = patient.Helped(Now);
        var grace = topology.Find(container.Service)?.StopGrace ?? TimeSpan.FromSeconds(10);
        string[] restart = ["restart", "-t", FormattableString.Invariant($"{Math.Ceiling(grace.TotalSeconds)}"), container.Id];
        var (action, words) = container.IsRunning ? ("restart", restart) : ("start", ["start", container.Id]);
        stops.Restarts(container.Id);
        var result = await new Docker(new BoundedShell(shell, grace + Answer)).RunAsync(words, cancel);
        Say(HealLine.About(container, action, attempt, result.Succeeded ? null : result.Reason));
    }

    // Restarting it would end what it has in hand, and help nothing.
    private bool IsHeldBack(ContainerState container, ImmutableArray<ContainerState> running)
    {
        if (Roots.Of(container.Service, topology, running) is not { } root) return false;
        var patient = Of(container.Service);
        if (patient.Root != root) Say(HealLine.About(container, "wait", detail: $"'{root}' is not well, and comes first."));
        patient.Root = root;
        return true;
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

    private async Task<ImmutableArray<ContainerState>> RunningAsync(CancellationToken cancel)
        => [.. (await docker.ContainersAsync(topology.Naming, cancel)).Where(container => IsCared(container.Service))];

    private async Task<ContainerState?> FindAsync(string id, CancellationToken cancel)
        => (await RunningAsync(cancel)).FirstOrDefault(each => each.Id == id);

    private bool IsCase(ContainerState seen)
        => seen is { IsRunning: true, Health: "unhealthy" } or { Status: "exited" or "dead" } && !stops.IsByHand(seen);

    // A step ends, and is meant to.
    private bool IsCared(string name) => topology.LongRunning().Any(service => service.Name == name);

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
