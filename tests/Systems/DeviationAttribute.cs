namespace Infra.Tests.Systems;

/// <summary>Where a row is kept in another form than its document's: why, and the setting that brings the document's own form.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DeviationAttribute(string reason) : Attribute
{
    public string Reason { get; } = reason;

    /// <summary>The setting, where there is one.</summary>
    public string? Setting { get; init; }
}
