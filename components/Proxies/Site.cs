using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Infra.Model;

namespace Infra.Components.Proxies;

/// <summary>Who signs a site's certificate.</summary>
public enum SiteTls
{
    /// <summary>An authority that speaks ACME: ports 80 and 443 of the name must lead to this machine.</summary>
    Acme,

    /// <summary>An authority of the proxy's own, which nobody knows.</summary>
    Internal,

    /// <summary>Nobody: plain HTTP, behind somebody else's proxy.</summary>
    None,
}

/// <summary>A certificate with its key, both in PEM; the certificate with those between it and its authority.</summary>
/// <param name="Certificate">The secret that holds the certificate.</param>
/// <param name="Key">The secret that holds the key.</param>
public sealed record OwnCertificate(Secret Certificate, Secret Key);

/// <summary>A name that a proxy answers to, and where the requests for it go.</summary>
/// <param name="Name">A domain name, or an IP address.</param>
public sealed record Site(string Name)
{
    /// <summary>Names that are redirected to it.</summary>
    public ImmutableArray<string> Aliases { get; init; } = [];

    /// <summary>Where the requests go; the longest path that matches counts. Other paths are answered with 404.</summary>
    public ImmutableArray<SiteRoute> Routes { get; init; } = [];

    /// <summary>Who signs its certificate; for a local name and an address the proxy itself, for any other name an authority, when unset.</summary>
    public SiteTls? Tls { get; init; }

    /// <summary>A certificate from elsewhere, which takes the place of what <see cref="Tls"/> says.</summary>
    public OwnCertificate? Certificate { get; init; }

    /// <summary>The users of every route that names none, each with the secret that holds the password; everybody when empty.</summary>
    public ImmutableSortedDictionary<string, Secret> Users { get; init; } = SiteRoute.Everybody;

    /// <summary>The largest body of a request, for each route that says no other. Defaults to 10 MiB.</summary>
    public Size MaxBody { get; init; } = Size.MiB(10);

    /// <summary>Paths that are answered with 404, with all below them. Defaults to <c>/metrics</c>.</summary>
    public ImmutableArray<string> Hidden { get; init; } = ["/metrics"];

    /// <summary>Whether only this machine uses the name.</summary>
    public bool IsLocal => Endpoint.IsLocal(Name) || (IPAddress.TryParse(Name, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Whether it is an address, and no name: whoever connects to it says none.</summary>
    public bool IsAddress => IPAddress.TryParse(Name, out _);

    /// <summary>Whether it answers over HTTPS.</summary>
    public bool IsEncrypted => Certificate is not null || Signer != SiteTls.None;

    /// <summary>Whether its certificate is signed by the proxy itself.</summary>
    public bool HasOwnAuthority => Certificate is null && Signer == SiteTls.Internal;

    /// <summary>The scheme of its address.</summary>
    public string Scheme => IsEncrypted ? "https" : "http";

    /// <summary>Its name and those that lead to it.</summary>
    public IEnumerable<string> Names => [Name, .. Aliases];

    /// <summary>A name as a URL has it.</summary>
    public static string InUrl(string name)
        => IPAddress.TryParse(name, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : name;

    /// <summary>The largest body of a request for a route.</summary>
    public Size LargestBody(ServiceRoute route) => route.MaxBody ?? MaxBody;

    internal ImmutableSortedDictionary<string, Secret> UsersOf(SiteRoute route) => route.Users.IsEmpty ? Users : route.Users;

    internal SiteTls Signer => Tls ?? (IsLocal || IsAddress ? SiteTls.Internal : SiteTls.Acme);
}
