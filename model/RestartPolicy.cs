namespace Infra.Model;

/// <summary>When the engine starts an ended container again.</summary>
public enum RestartMode
{
    /// <summary>Never: a step that completes.</summary>
    No,

    /// <summary>After an exit code other than 0.</summary>
    OnFailure,

    /// <summary>Always, unless it was stopped by hand.</summary>
    UnlessStopped,

    /// <summary>Always, also after the engine's restart when it had been stopped.</summary>
    Always,
}

/// <summary>The restart policy of a service.</summary>
/// <param name="Mode">When.</param>
/// <param name="MaxAttempts">How often at most, with <see cref="RestartMode.OnFailure"/> only; unbounded when unset.</param>
public sealed record RestartPolicy(RestartMode Mode, int? MaxAttempts = null)
{
    /// <summary>Never.</summary>
    public static RestartPolicy No { get; } = new(RestartMode.No);

    /// <summary>Until it is stopped.</summary>
    public static RestartPolicy UnlessStopped { get; } = new(RestartMode.UnlessStopped);

    /// <summary>After a failure, so many times.</summary>
    public static RestartPolicy OnFailure(int attempts) => new(RestartMode.OnFailure, attempts);
}
