namespace Infra.Healing;

/// <summary>One service that is watched: how often it was helped in a row, and how long to wait before the next time.</summary>
public sealed class Patient(int most)
{
    /// <summary>Well for so long, it counts as cured.</summary>
    public static readonly TimeSpan Cured = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan First = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private DateTimeOffset? wellSince;

    /// <summary>How often it was helped in a row.</summary>
    public int Attempts { get; private set; }

    public bool IsHopeless => Attempts >= most;

    /// <summary>The pause before the next attempt: 5 s, 10 s, 20 s, … 5 min.</summary>
    public TimeSpan Pause => Attempts >= 6 ? Longest : First * Math.Pow(2, Attempts);

    /// <summary>It fell ill: what was long ago does not count.</summary>
    public void Ill(DateTimeOffset now)
    {
        if (wellSince is { } since && now - since >= Cured) Attempts = 0;
        wellSince = null;
    }

    public void Well(DateTimeOffset now) => wellSince ??= now;

    public int Helped() => ++Attempts;
}
