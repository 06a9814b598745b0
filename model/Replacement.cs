namespace Infra.Model;

/// <summary>In which order a changed service replaces the running one.</summary>
public enum Replacement
{
    /// <summary>The old one ends, then the new one starts: for what can be there only once.</summary>
    StopFirst,

    /// <summary>The new one starts and becomes healthy, then the old one is stopped: for services behind a proxy.</summary>
    StartFirst,
}
