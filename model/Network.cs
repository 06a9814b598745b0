using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>A network of the stack's own.</summary>
/// <param name="Name">Its logical name; the physical one has the stack's prefix.</param>
/// <param name="Internal">Whether nothing on it reaches the outside. Defaults to false.</param>
public sealed record Network(string Name, bool Internal = false)
{
    /// <summary>The one network of a stack that needs no others.</summary>
    public static Network Default { get; } = new("default");
}

/// <summary>A service's place on a network, where it answers to its own name and to <paramref name="Aliases"/>.</summary>
public sealed record NetworkAttachment(Network Network, ImmutableArray<string> Aliases)
{
    /// <summary>A place without further names.</summary>
    public static implicit operator NetworkAttachment(Network network) => new(network, []);
}
