using System.Collections.Concurrent;
using Infra.Operations.Engine;

namespace Infra.Operations.Healing;

/// <summary>What ended a container, by the engine's events: itself, a stop by hand, or the healer that restarts it.</summary>
public sealed class Stops(TimeProvider clock)
{
    // Since when.
    private readonly ConcurrentDictionary<string, DateTimeOffset> byHand = new(StringComparer.Ordinal);
    // Until the engine reports that they have started.
    private readonly ConcurrentDictionary<string, bool> restarting = new(StringComparer.Ordinal);

    /// <summary>Whether it was stopped by hand, or is being stopped, and was not started since.</summary>
    public bool IsByHand(string container) => byHand.ContainsKey(container);

    /// <summary>The same for a container's current state: it may have been started without an event.</summary>
    public bool IsByHand(ContainerState container)
        => byHand.TryGetValue(container.Id, out var since) && !(container.IsRunning && container.StartedAt > since);

    /// <summary>Whether it ends because the healer restarts it.</summary>
    public bool IsRestart(string container) => restarting.ContainsKey(container);

    /// <summary>From here on, until it has started, the engine's events of it are the healer's own doing, also where its start fails.</summary>
    public void Restarts(string container) => restarting[container] = true;

    /// <summary>Forgets the engine's events until now.</summary>
    public void Forget() => restarting.Clear();

    /// <summary>It was stopped by hand before the healer listened.</summary>
    /// <returns>Whether that was not known.</returns>
    public bool WasStopped(string container) => byHand.TryAdd(container, clock.GetUtcNow());

    public void Note(EngineEvent happening)
    {
        if (happening.Action == "start")
        {
            byHand.TryRemove(happening.Container, out _);
            restarting.TryRemove(happening.Container, out _);
        }
        else if (happening.IsStop && !IsRestart(happening.Container))
        {
            byHand[happening.Container] = clock.GetUtcNow();
        }
    }
}
