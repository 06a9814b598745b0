using System.Collections.Concurrent;
using Infra.Operations.Engine;

namespace Infra.Operations.Healing;

/// <summary>Who ends containers, by what the engine tells: they themselves, somebody by hand, or the healer that restarts them.</summary>
public sealed class Stops(TimeProvider clock)
{
    // Since when.
    private readonly ConcurrentDictionary<string, DateTimeOffset> byHand = new(StringComparer.Ordinal);
    // Until the engine tells that they have started.
    private readonly ConcurrentDictionary<string, bool> restarting = new(StringComparer.Ordinal);

    /// <summary>Whether somebody stopped it, or is stopping it, and has not started it since.</summary>
    public bool IsByHand(string container) => byHand.ContainsKey(container);

    /// <summary>The same of a container as it is seen, which may have been started while nobody heard of it.</summary>
    public bool IsByHand(ContainerState container)
        => byHand.TryGetValue(container.Id, out var since) && !(container.IsRunning && container.StartedAt > since);

    /// <summary>Whether it ends because the healer restarts it.</summary>
    public bool IsRestart(string container) => restarting.ContainsKey(container);

    /// <summary>From here on, until it has started, what the engine tells of it is the healer's own doing, also where its start fails.</summary>
    public void Restarts(string container) => restarting[container] = true;

    /// <summary>What the engine has told until now belongs to an earlier time.</summary>
    public void Forget() => restarting.Clear();

    /// <summary>Somebody stopped it before anybody listened.</summary>
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
