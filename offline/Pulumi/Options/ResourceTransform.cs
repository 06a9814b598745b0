namespace Pulumi;

/// <summary>The engine's own kind of transformation; nothing here applies it, as the published mock engine does not.</summary>
public delegate Task<ResourceTransformResult?> ResourceTransform(
    ResourceTransformArgs args, CancellationToken cancellationToken = default);
