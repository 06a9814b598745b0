using System.Collections.Immutable;
using Infra.Model;
using static Infra.Components.Proxies.Caddyfile;

namespace Infra.Components.Proxies;

/// <summary>The parts of the Caddyfile for one site.</summary>
/// <param name="Site">The site.</param>
/// <param name="Port">What stands behind its name in a URL: nothing, or the published port.</param>
/// <param name="IsLogged">Whether each request is a line of the log.</param>
/// <param name="Upstream">What leads to the service of a route.</param>
internal sealed record SiteLines(Site Site, string Port, bool IsLogged, Func<ServiceRoute, UpstreamLines> Upstream)
{
    private string Address => Word($"{Site.Scheme}://{Site.InUrl(Site.Name)}");

    /// <summary>Its blocks: the site's own, and those that only redirect to it.</summary>
    public ImmutableArray<CaddyLine> Written() =>
    [
        .. Site.IsEncrypted ? Redirecting("http", Site.Names, []) : [],
        .. Site.Aliases.IsEmpty ? [] : Redirecting(Site.Scheme, Site.Aliases, Tls),
        "",
        new(Address, Own()),
    ];

    private ImmutableArray<CaddyLine> Redirecting(string scheme, IEnumerable<string> names, ImmutableArray<CaddyLine> tls) =>
    [
        "",
        new(
            string.Join(", ", names.Select(name => Word($"{scheme}://{Site.InUrl(name)}"))),
            [.. tls, "header -Server", $"redir {Address}{Port}{{uri}} 308"]
        ),
    ];

    private ImmutableArray<CaddyLine> Tls => Site switch
    {
        { Certificate: { } own } => [$"tls {ServiceFile.For(own.Certificate).Path} {ServiceFile.For(own.Key).Path}"],
        { Signer: SiteTls.Internal } => ["tls internal"],
        _ => [],
    };

    private ImmutableArray<CaddyLine> Own() =>
    [
        .. Tls,
        .. When(IsLogged, "log"),
        "# A part of a file is a part of it as it is.",
        "@whole not header Range *",
        "encode @whole zstd gzip",
        new("header",
        [
            // Every other server of this machine has a local name too, and a browser that lost the proxy's authority would be locked out.
            .. When(Site.IsEncrypted && !Site.HasOwnAuthority && !Site.IsLocal, "Strict-Transport-Security max-age=31536000"),
            "X-Content-Type-Options nosniff",
            "?X-Frame-Options SAMEORIGIN",
            "?Referrer-Policy strict-origin-when-cross-origin",
            "-Server",
            "-Via",
        ]),
        "# In this order, which Caddy would change without the block.",
        new("route", Ordered()),
    ];

    private CaddyLine? Hidden => Site.Hidden.IsEmpty ? null : new CaddyLine("respond @hidden 404", []);

    private ImmutableArray<CaddyLine> Ordered() =>
    [
        .. MaintenanceLines.For(Site),
        .. When(!Site.Hidden.IsEmpty, $"@hidden path {string.Join(' ', Site.Hidden.SelectMany(path => Below(path)))}"),
        .. Hidden is null ? [] : new[] { Hidden },
        .. Site.Routes.OrderByDescending(route => route.Path.Length).ThenBy(route => route.Path, StringComparer.Ordinal)
            .SelectMany((route, at) => RouteLines.For(Site, route, at + 1, Hidden, Upstream)),
        .. When(Site.Routes.All(route => route.Path != "/"), $"respond {Quoted("Nothing is here.")} 404"),
    ];
}
