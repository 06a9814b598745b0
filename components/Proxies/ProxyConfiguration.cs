using System.Collections.Immutable;
using Infra.Model;
using static Infra.Components.Proxies.Caddyfile;

namespace Infra.Components.Proxies;

/// <summary>The Caddyfile of a proxy.</summary>
/// <param name="Args">What the proxy is told.</param>
internal sealed record ProxyConfiguration(ProxyArgs Args)
{
    /// <summary>The port it listens on for plain HTTP.</summary>
    public const int HttpPort = 8080;

    /// <summary>The port it listens on for HTTPS.</summary>
    public const int HttpsPort = 8443;

    /// <summary>Where it answers its own probe, on loopback alone.</summary>
    public const string HealthAddress = "http://127.0.0.1:8081/";

    /// <summary>
    /// Where it keeps certificates, and which sites are in maintenance. The published image's own /data belongs to root; this folder
    /// belongs to everybody in both images, and a new volume takes that over from it.
    /// </summary>
    public const string Data = "/var/tmp";

    /// <summary>How long a request may go on after the proxy was asked to stop.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(30);

    /// <summary>What leads to each service, one for each time that it may take.</summary>
    public IEnumerable<UpstreamLines> Upstreams => Services.Select(To).DistinctBy(upstream => upstream.Import.Text);

    /// <summary>The secrets of users' passwords.</summary>
    public ImmutableArray<Secret> Passwords =>
    [
        .. Args.Sites.SelectMany(site => site.Routes.Select(site.UsersOf))
            .SelectMany(users => users.Values).Distinct().OrderBy(secret => secret.Name, StringComparer.Ordinal),
    ];

    /// <summary>The file.</summary>
    public string Write() =>
        Caddyfile.Write(
        [
            new("", Options()),
            .. Upstreams.SelectMany(upstream => new[] { "", upstream.Written }),
            "",
            new(HealthAddress.TrimEnd('/'), ["bind 127.0.0.1", "respond 200"]),
            "",
            "# Under another name nobody is here.",
            new("http://", ["header -Server", "respond 404"]),
            .. IsAnyAddress ? ["", new("https://", ["header -Server", "respond 421"])] : ImmutableArray<CaddyLine>.Empty,
            .. Args.Sites.SelectMany(site => new SiteLines(site, Args.Shown(site), Args.AccessLog, To).Written()),
        ]);

    private IEnumerable<ServiceRoute> Services => Args.Sites.SelectMany(site => site.Routes).OfType<ServiceRoute>();

    private bool IsAnyAddress => Args.Sites.Any(site => site is { IsAddress: true, IsEncrypted: true });

    private UpstreamLines To(ServiceRoute route) => new(Args.Behind(route.Service), route.Answer) { Trusted = Args.TrustedProxies };

    private ImmutableArray<CaddyLine> Options() =>
    [
        "# Nothing reloads it: which container it uses is a file. With the interface, who breaks in would write a configuration.",
        "admin off",
        $"http_port {HttpPort}",
        $"https_port {HttpsPort}",
        .. When(Args.Email is not null, $"email {Word(Args.Email ?? "")}"),
        .. When(Args.Acme is not null, $"acme_ca {Word(Args.Acme ?? "")}"),
        .. When(Args.AcmeRoot is not null, $"acme_ca_root {AcmeRoot(Args)?.Path}"),
        .. Args.Sites.Where(site => site is { IsAddress: true, IsEncrypted: true }).Take(1)
            .Select(site => (CaddyLine)$"default_sni {site.Name}"),
        "skip_install_trust",
        $"grace_period {(int)Grace.TotalSeconds}s",
        new("servers",
        [
            "protocols h1 h2",
            .. IsAnyAddress ? [] : ImmutableArray.Create<CaddyLine>(
                "# A request that was led here under one name and asks for another gets 421: Caddy would answer 200, with nothing in it.",
                "strict_sni_host on"
            ),
            new("timeouts", ["read_header 10s", $"read_body {Patience()}s", "idle 2m"]),
        ]),
    ];

    /// <summary>The file with the root of the authority's own certificate; none when it has none.</summary>
    public static ServiceFile? AcmeRoot(ProxyArgs args) => args.AcmeRoot is { } root ? new ServiceFile("acme-root.pem", root) : null;

    // As slow as 10 MiB in a minute, and never less than that. Caddy bounds the time of a port, not of a route.
    private long Patience() => Args.Sites
        .SelectMany(site => site.Routes.OfType<ServiceRoute>().Select(site.LargestBody))
        .Select(body => body.WholeMiB * 6L)
        .Append(60)
        .Max();
}
