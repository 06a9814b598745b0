using Infra.Model;

namespace Infra.Operations.Healing;

/// <summary>One container that is watched: how often it was helped in a row, and how long to wait before the next time.</summary>
public sealed class Patient(int most)
{
    /// <summary>Well for so long, it counts as cured.</summary>
    public static readonly TimeSpan HealthyAgain = TimeSpan.FromMinutes(10);

    /// <summary>So long after it was given up it is helped once more: whatever ailed it may be over.</summary>
    public static readonly TimeSpan Later = TimeSpan.FromHours(1);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private DateTimeOffset helpedAt;
    private DateTimeOffset? wellSince;

    /// <summary>How often it was helped in a row.</summary>
    public int Attempts { get; private set; }

    /// <summary>The service that must be healthy before this one is restarted.</summary>
    public string? Root { get; set; }

    /// <summary>What was last said of a file that its container mounts and that is gone.</summary>
    public string? LostMount { get; set; }

    // 5 s, 10 s, 20 s, … 5 min, and 5 s where it was given up before.
    private TimeSpan Pause => Attempts >= most ? First : Attempts >= 6 ? Longest : First * Math.Pow(2, Attempts);

    /// <summary>The pause before the next attempt. Where the root has just recovered, it gets the time to notice that by a probe.</summary>
    public TimeSpan NextPause(HealthCheck? probe)
    {
        var least = Root is null || probe is null ? TimeSpan.Zero : probe.Interval + probe.Timeout;
        Root = null;
        return least > Pause ? least : Pause;
    }

    /// <summary>Whether it has been helped as often as is allowed, and that is not long ago.</summary>
    public bool IsGivenUp(DateTimeOffset now) => Attempts >= most && now - helpedAt < Later;

    /// <summary>It became unhealthy: what was long ago does not count.</summary>
    public void Ill(DateTimeOffset now)
    {
        if (wellSince is { } since && now - since >= HealthyAgain) Attempts = 0;
        wellSince = null;
    }

    public void Well(DateTimeOffset now) => wellSince ??= now;

    public int Helped(DateTimeOffset now)
    {
        helpedAt = now;
        return ++Attempts;
    }
}
