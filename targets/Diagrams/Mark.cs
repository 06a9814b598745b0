namespace Infra.Targets.Diagrams;

/// <summary>What becomes of a service, in a picture of two topologies.</summary>
public enum Mark
{
    /// <summary>It was not there.</summary>
    New,

    /// <summary>It will not be there.</summary>
    Gone,

    /// <summary>It runs differently.</summary>
    Changed,
}
