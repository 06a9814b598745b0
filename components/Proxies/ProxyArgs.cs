using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Components.Proxies;

/// <summary>What the proxy needs to know.</summary>
public sealed record ProxyArgs
{
    private readonly ImmutableArray<Site> sites = [];

    /// <summary>The services that its routes name.</summary>
    public ImmutableArray<ServiceSpec> Services { get; init; } = [];

    /// <summary>The names that it answers to. Defaults to <c>localhost</c>, with the first of the services behind it.</summary>
    public ImmutableArray<Site> Sites
    {
        get => sites.IsEmpty && !Services.IsEmpty ? [new Site("localhost") { Routes = [new ServiceRoute("/", Services[0].Name)] }] : sites;
        init => sites = value;
    }

    /// <summary>Steps that must have ended before it starts.</summary>
    public ImmutableArray<ServiceSpec> After { get; init; } = [];

    /// <summary>The address that the certificate's authority writes to; none when unset.</summary>
    public string? Email { get; init; }

    /// <summary>The directory of another authority than Let's Encrypt.</summary>
    public string? Acme { get; init; }

    /// <summary>The root of that authority's own certificate, in PEM; the machine's roots when unset.</summary>
    public string? AcmeRoot { get; init; }

    /// <summary>The addresses, in CIDR, of proxies in front of it: what they say of the client is passed on. None when empty.</summary>
    public ImmutableArray<string> TrustedProxies { get; init; } = [];

    /// <summary>Whether each request is a line of its log. Defaults to no.</summary>
    public bool AccessLog { get; init; }

    /// <summary>How long a container that was replaced may keep connections that are in use, such as websockets. Defaults to 30 s.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The port for plain HTTP, which only redirects to a site with TLS. Defaults to 80, or 8080 where all names are local.</summary>
    public int? HttpPort { get; init; }

    /// <summary>The port for HTTPS. Defaults to 443, or 8443 where all names are local.</summary>
    public int? HttpsPort { get; init; }

    /// <summary>The image.</summary>
    public PinnedImage Image { get; init; } = Images.Caddy;

    /// <summary>The networks it is on; what is behind it must be on one of them.</summary>
    public ImmutableArray<NetworkAttachment> Networks { get; init; } = [Network.Default];

    /// <summary>The most memory it may use. Defaults to 256 MiB.</summary>
    public Size Memory { get; init; } = Size.MiB(256);

    /// <summary>The memory kept for it; none when unset.</summary>
    public Size? ReservedMemory { get; init; }

    /// <summary>The most processor time it may use. Defaults to 1 core.</summary>
    public Cpu Cpus { get; init; } = Cpu.Cores(1);

    /// <summary>Whether only this machine uses its names.</summary>
    public bool IsLocal => Sites.All(site => site.IsLocal);

    /// <summary>Whether any site answers over HTTPS.</summary>
    public bool IsEncrypted => Sites.Any(site => site.IsEncrypted);

    /// <summary>The published port for plain HTTP.</summary>
    public int PublishedHttp => HttpPort ?? (IsLocal ? 8080 : 80);

    /// <summary>The published port for HTTPS.</summary>
    public int PublishedHttps => HttpsPort ?? (IsLocal ? 8443 : 443);

    /// <summary>Whether a route leads to a service.</summary>
    public bool Leads(string service) => Sites.SelectMany(site => site.Routes).OfType<ServiceRoute>().Any(route => route.Service == service);

    internal ServiceSpec Behind(string service) => Services.FirstOrDefault(each => each.Name == service)
        ?? throw new ArgumentException($"A route leads to '{service}', which is not behind the proxy. Add it to Services.");

    // What stands behind a site's name in a URL.
    internal string Shown(Site site) => (site.Scheme, site.IsEncrypted ? PublishedHttps : PublishedHttp) switch
    {
        ("https", 443) or ("http", 80) => "",
        (_, var port) => FormattableString.Invariant($":{port}"),
    };
}
