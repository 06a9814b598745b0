namespace Pulumi;

/// <summary>The inputs of a resource, or of a part of one.</summary>
public abstract class ResourceArgs : InputArgs
{
    /// <summary>The args of a resource that takes none.</summary>
    internal static ResourceArgs None { get; } = new NoArgs();

    private sealed class NoArgs : ResourceArgs;
}
