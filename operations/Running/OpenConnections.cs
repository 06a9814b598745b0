using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Infra.Operations.Running;

/// <summary>Reads the kernel's tables of connections, <c>/proc/net/tcp</c> and <c>/proc/net/tcp6</c>.</summary>
public static class OpenConnections
{
    private const string Established = "01";

    /// <summary>How many established connections lead to one of these addresses.</summary>
    public static int Count(string tables, ImmutableArray<IPAddress> addresses) => tables.Split('\n').Count(line => IsTo(line, addresses));

    private static bool IsTo(string line, ImmutableArray<IPAddress> addresses)
        => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, _, var remote, Established, ..]
            && Address(remote.Split(':')[0]) is { } address && addresses.Contains(address);

    // Words of four bytes, each the other way round.
    private static IPAddress? Address(string text)
    {
        if (text.Length is not (8 or 32) || !text.All(char.IsAsciiHexDigit)) return null;
        var bytes = Enumerable.Range(0, text.Length / 8)
            .SelectMany(word => Enumerable.Range(0, 4).Select(at => text.Substring((word * 8) + ((3 - at) * 2), 2)))
            .Select(pair => byte.Parse(pair, NumberStyles.HexNumber, CultureInfo.InvariantCulture))
            .ToArray();
        var address = new IPAddress(bytes);
        return address.AddressFamily == AddressFamily.InterNetworkV6 && address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
    }
}
