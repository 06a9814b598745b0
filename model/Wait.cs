namespace Infra.Model;

/// <summary>What is waited for.</summary>
public enum WaitCondition
{
    /// <summary>Its container runs.</summary>
    Started,

    /// <summary>Its probe succeeds.</summary>
    Healthy,

    /// <summary>It ended with exit code 0.</summary>
    Completed,
}

/// <summary>A service that must have come so far before this one starts.</summary>
public sealed record Wait(string Service, WaitCondition Condition = WaitCondition.Healthy);
