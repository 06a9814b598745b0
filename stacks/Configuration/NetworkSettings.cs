using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>What all networks of a stack have in common.</summary>
/// <param name="Mtu">The largest packet in bytes; the engine's when unset.</param>
/// <param name="IPv6">Whether containers have IPv6 addresses, too.</param>
public sealed record NetworkSettings(int? Mtu, bool IPv6)
{
    /// <summary>A service's places on networks with it. What is watched brings networks that have it already.</summary>
    public ImmutableArray<NetworkAttachment> On(ImmutableArray<NetworkAttachment> places) =>
        [.. places.Select(place => place with { Network = place.Network with { Mtu = Mtu, IPv6 = IPv6 } }).DistinctBy(place => place.Network.Name)];

    // What IPv6 asks of every path.
    private const int LeastOfIPv6 = 1280;

    internal static NetworkSettings Read(Section network)
    {
        var settings = new NetworkSettings(
            network.Number(
                "mtu",
                576,
                9000,
                "the largest packet in bytes, where the machine's own network takes less than 1500, as in a VPN or a cloud: "
                    + "`ip link` on the machine shows it",
                "the engine's, mostly 1500"
            ),
            network.Flag(
                "ipv6",
                false,
                "whether containers have IPv6 addresses, too, and reach what has no other; the engine gives them out from 27 on"
            )
        );
        if (settings is { IPv6: true, Mtu: < LeastOfIPv6 })
            network.Report("mtu", FormattableString.Invariant($"IPv6 needs {LeastOfIPv6} bytes at least."), "Write more, or drop ipv6.");
        return settings;
    }
}
