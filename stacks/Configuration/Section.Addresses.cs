using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Infra.Stacks.Configuration;

/// <content>Addresses, and the names that lead to them.</content>
internal sealed partial class Section
{
    /// <summary>Names with an address each, or the engine's word for its own machine.</summary>
    public ImmutableSortedDictionary<string, string> ExtraHosts(string key, string sentence)
        => Only(key, Map(key, sentence), (name, address) =>
            !HostName().IsMatch(name) ? ($"'{name}' is not a host's name.", "Write letters, digits, '-' and '.': db.example.org.")
            : address != "host-gateway" && !IsAddress(address)
                ? ($"'{address}' is not an address.", "Write an IP address, or host-gateway for this machine.")
            : null);

    /// <summary>IP addresses.</summary>
    public ImmutableArray<string> Addresses(string key, string sentence, string usually)
    {
        Declare(key, SettingKinds.List, usually, sentence, StackKinds.All);
        var addresses = RawList(key, []);
        foreach (var address in addresses.Where(address => !IsAddress(address)))
            Report(key, $"'{address}' is not an address.", "Write an IP address: 10.0.0.2.");
        return [.. addresses.Where(IsAddress)];
    }

    // .NET takes '10', '010.0.0.1', '[::1]:80' and 'fe80::1%eth0' for addresses, too.
    private static bool IsAddress(string text) => IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetwork ? address.ToString() == text : !text.AsSpan().ContainsAny('[', '%'));

    [GeneratedRegex(@"\A[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9_-]*[A-Za-z0-9])?)*\z")]
    private static partial Regex HostName();
}
