using System.Collections.Immutable;
using System.Globalization;

namespace Infra.Model;

/// <summary>A network of the stack's own.</summary>
/// <param name="Name">Its logical name; the physical one has the stack's prefix.</param>
/// <param name="Internal">Whether nothing on it reaches the outside. Defaults to false.</param>
public sealed record Network(string Name, bool Internal = false)
{
    /// <summary>The one network of a stack that needs no others.</summary>
    public static Network Default { get; } = new("default");

    /// <summary>The largest packet in bytes, the network's own header included; the engine's, mostly 1500, when unset.</summary>
    public int? Mtu { get; init; }

    /// <summary>Whether containers on it have IPv6 addresses, too. Defaults to no.</summary>
    public bool IPv6 { get; init; }

    /// <summary>What the engine's driver is told of it.</summary>
    public IEnumerable<KeyValuePair<string, string>> DriverOptions =>
        Mtu is { } mtu ? [new("com.docker.network.driver.mtu", mtu.ToString(CultureInfo.InvariantCulture))] : [];
}

/// <summary>A service's place on a network, where it answers to its own name and to <paramref name="Aliases"/>.</summary>
public sealed record NetworkAttachment(Network Network, ImmutableArray<string> Aliases)
{
    /// <summary>A place without further names.</summary>
    public static implicit operator NetworkAttachment(Network network) => new(network, []);
}
