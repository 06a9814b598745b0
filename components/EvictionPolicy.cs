namespace Infra.Components;

/// <summary>What Redis does when its memory is full.</summary>
public enum EvictionPolicy
{
    /// <summary>Refuses writes: for a queue.</summary>
    NoEviction,

    /// <summary>Forgets what has an expiry and was used least lately: for a cache that shares with results.</summary>
    VolatileLru,

    /// <summary>Forgets what was used least lately: for nothing but a cache.</summary>
    AllKeysLru,
}
