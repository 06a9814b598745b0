namespace Infra.Targets.Containers;

/// <summary>Whole seconds, rounded up: a grace is never cut short.</summary>
internal static class Seconds
{
    public static int RoundUp(TimeSpan duration) => checked((int)Math.Ceiling(duration.TotalSeconds));
}
