namespace Pulumi;

/// <summary>An output that cannot be registered.</summary>
internal sealed class PropertyException(string property, Exception inner)
    : Exception($"error serializing property \"{property}\": {inner.Message}", inner);
