using Infra.Model;

namespace Infra.Targets.Containers;

/// <summary>Restart policies in the engine's words.</summary>
internal static class Restarts
{
    public static string Text(RestartMode mode) => mode switch
    {
        RestartMode.No => "no",
        RestartMode.OnFailure => "on-failure",
        RestartMode.Always => "always",
        _ => "unless-stopped",
    };

    /// <summary>The most attempts, which the engine takes with <c>on-failure</c> only.</summary>
    public static int? Attempts(RestartPolicy policy) => policy.Mode == RestartMode.OnFailure ? policy.MaxAttempts : null;
}
