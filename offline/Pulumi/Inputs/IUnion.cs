namespace Pulumi;

/// <summary>A union of any types.</summary>
internal interface IUnion
{
    object? Value { get; }
}
