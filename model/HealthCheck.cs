using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>How the engine learns whether a service does its work.</summary>
public sealed record HealthCheck
{
    /// <summary>The command, run inside the container without a shell; exit code 0 is healthy.</summary>
    public required ImmutableArray<string> Test { get; init; }

    /// <summary>The pause between probes once started. Defaults to 10 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long one probe may take. Defaults to 5 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Failures in a row that make it unhealthy. Defaults to 3.</summary>
    public int Retries { get; init; } = 3;

    /// <summary>How long failures after the start do not count. Defaults to 60 s.</summary>
    public TimeSpan StartPeriod { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The pause between probes until the first success. Needs Docker Engine 25. Defaults to 250 ms.</summary>
    public TimeSpan? StartInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The image's own HEALTHCHECK as it is. What is 0 of its timing is the image's own, too.</summary>
    public static HealthCheck OfImage { get; } = new()
    {
        Test = [],
        Interval = TimeSpan.Zero,
        Timeout = TimeSpan.Zero,
        Retries = 0,
        StartPeriod = TimeSpan.Zero,
        StartInterval = null,
    };

    /// <summary>Whether the image's own HEALTHCHECK is asked.</summary>
    public bool IsOfImage => Test.IsEmpty;

    /// <summary>How long the engine itself may call it starting: the start period, and then as many failed probes as it takes.</summary>
    public TimeSpan Patience => IsOfImage
        ? Or(StartPeriod, UnknownStart) + ((Retries > 0 ? Retries : 3) * (Or(Interval, UsualInterval) + Or(Timeout, UsualInterval)))
        : StartPeriod + (Retries * (Interval + Timeout));

    // What an image says is not known here: engines' own defaults, and a start that takes its time.
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan UnknownStart = TimeSpan.FromMinutes(5);

    private static TimeSpan Or(TimeSpan time, TimeSpan usual) => time > TimeSpan.Zero ? time : usual;

    /// <summary>A probe in exec form.</summary>
    public static HealthCheck Exec(params string[] test) => new() { Test = [.. test] };

    /// <summary>A probe that needs a shell (a pipe, a file's content).</summary>
    public static HealthCheck Shell(string script) => Exec("sh", "-c", script);
}
