using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Components.Proxies;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>The proxy: in production before the web server unless it is switched off, in development where it has sites.</summary>
public sealed partial record ProxySettings
{
    /// <summary>Whether there is one, should anything be behind it.</summary>
    public required bool Enabled { get; init; }

    /// <summary>Whether there is to be one.</summary>
    public bool IsWanted { get; init; }

    /// <summary>Its arguments, but for the services behind it.</summary>
    public required ProxyArgs Args { get; init; }

    /// <summary>How often and how patiently it is probed.</summary>
    public required ProbeTimes Probe { get; init; }

    /// <summary>The page of a site that is in maintenance, in HTML; a plain one when unset.</summary>
    public string? MaintenancePage { get; init; }

    /// <summary>The folders of images that its routes serve.</summary>
    public IEnumerable<ImageFolder> Folders => !Enabled
        ? []
        : Args.Sites.SelectMany(site => site.Routes).OfType<FilesRoute>().Select(route => route.Origin).OfType<ImageFolder>().Distinct();

    /// <summary>Whether a service is behind it.</summary>
    public bool Leads(string service) => Enabled && Args.Leads(service);

    /// <summary>The largest body that it lets through to a service; nothing where none is behind it.</summary>
    public Size LargestBody(string service) => !Enabled
        ? default
        : Args.Sites
            .SelectMany(site => site.Routes.OfType<ServiceRoute>().Where(route => route.Service == service).Select(site.LargestBody))
            .DefaultIfEmpty()
            .Max();

    /// <summary>The secrets that its sites mention.</summary>
    public IEnumerable<Secret> Secrets => Args.Sites.SelectMany(site => (Secret?[])
    [
        site.Certificate?.Certificate, site.Certificate?.Key, .. site.Users.Values, .. site.Routes.SelectMany(route => route.Users.Values),
    ]).OfType<Secret>().Distinct();

    internal static ProxySettings Read(Section proxy, EnvironmentKind? environment, SystemKind? system)
    {
        var sites = proxy.Each(
            "sites",
            "NAME",
            null,
            "the names that it answers to, each a domain name or an address of this machine; `localhost`, with all paths to the only web "
                + "server, where none is named",
            (name, site) => SiteSettings.Read(name, site)
        );
        var settings = new ProxySettings
        {
            Probe = ProbeTimes.Of(proxy),
            Enabled = proxy.Flag(
                "enabled",
                "`false`: no proxy; web is published at its `port` and is stopped before its successor starts. "
                    + "With the proxy, prod's web publishes none",
                "`true` in prod; in dev, where it has `sites`"
            )
            ?? (environment == EnvironmentKind.Prod || !sites.IsEmpty),
            Args = new ProxyArgs
            {
                // In the order of their names, which Pulumi hands maps over in.
                Sites = [.. sites.OrderBy(site => site.Name, StringComparer.Ordinal)],
                Image = proxy.ImageOr("image", Images.Caddy),
                Email = proxy.Text("email", "whom the certificates' authority writes to"),
                Acme = proxy.Text("acme", "the ACME directory of another authority: `https://ca.example.com/acme/acme/directory`", "Let's Encrypt"),
                AcmeRoot = proxy.Certificates("acmeRoot", "a file with the root of that authority's own certificate"),
                TrustedProxies = proxy.List(
                    "trustedProxies",
                    "the addresses of somebody else's proxies in front, `[10.0.0.0/8]`: what they say of the client reaches the services"
                ),
                AccessLog = proxy.Flag("accessLog", false, "whether each request is a line of its log, in JSON, without cookies and passwords"),
                Drain = proxy.SecondsOr(
                    "drainSeconds",
                    TimeSpan.FromSeconds(30),
                    "how long a container that was replaced may keep requests and websockets that it has, before it is stopped. Not under Pulumi",
                    most: 3600
                ),
                HttpPort = proxy.Port(
                    "httpPort",
                    "plain HTTP, which only redirects to a site with TLS; on every address, or on 127.0.0.1 where all names are local",
                    "80; 8080 where all names are local"
                ),
                HttpsPort = proxy.Port("httpsPort", "the same for HTTPS", "443; 8443 where all names are local"),
                Memory = proxy.MemoryOr("memory", Size.MiB(256)),
                Cpus = proxy.CpusOr("cpus", Cpu.Cores(1)),
            },
            MaintenancePage = proxy.Page(
                "maintenancePage",
                "a file with the page of a site that is in maintenance (`./infra.sh maintenance`), in HTML that refers to no other file",
                "a plain page"
            ),
        };
        OldKeys.ReviewProxy(proxy);
        if (system == SystemKind.CreatorHub && proxy.IsSet("enabled") && !settings.Enabled)
            proxy.Report("enabled", "The system does not work without it.", "Drop it.");
        else if (environment == EnvironmentKind.Dev && system is null && !settings.Enabled && !proxy.IsSet("enabled"))
            proxy.Only(
                OldKeys.OfProxy,
                "In dev there is a proxy only where it has sites, so it would change nothing.",
                "Write sites, or enabled: true."
            );
        Review(proxy, settings.Args);
        return settings;
    }

    /// <summary>The settings with what nobody wrote: a site, and routes of those that have none.</summary>
    internal ProxySettings Completed(ImmutableArray<ServiceSettings> services, SystemKind? system, EnvironmentKind? environment)
    {
        if (system is not (null or SystemKind.CreatorHub)) return this with { Enabled = false };
        ImmutableArray<SiteRoute> routes = system == SystemKind.CreatorHub
            ? SystemServices.HubRoutes
            : [.. services.Where(service => service.Args is WebArgs).Select(service => new ServiceRoute("/", service.Name))];
        // Which of several it is must be said.
        if (system is null && routes.Length > 1) routes = [];
        ImmutableArray<Site> sites = Args.Sites.IsEmpty && !routes.IsEmpty
            ? [new Site("localhost") { Tls = environment == EnvironmentKind.Dev ? SiteTls.None : null }]
            : Args.Sites;
        return this with
        {
            IsWanted = Enabled,
            Enabled = (Enabled || system == SystemKind.CreatorHub) && !sites.IsEmpty,
            Args = Args with { Sites = [.. sites.Select(site => site.Routes.IsEmpty ? site with { Routes = routes } : site)] },
        };
    }

    private static void Review(Section proxy, ProxyArgs args)
    {
        if (args.Email is { } email && !MailAddress().IsMatch(email))
            proxy.Report("email", $"'{email}' is not an e-mail address.", "Write one address, such as ops@example.com.");
        if (args.Acme is { } acme && !(Uri.TryCreate(acme, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps))
            proxy.Report("acme", $"'{acme}' is not the URL of an authority.", "Write it as https://ca.example.com/acme/acme/directory.");
        foreach (var range in args.TrustedProxies.Where(range => !IPNetwork.TryParse(range, out _) && !SiteSettings.IsAddress(range)))
            proxy.Report("trustedProxies", $"'{range}' is not an address.", "Write addresses as 10.0.0.5, or ranges as 10.0.0.0/8.");
        foreach (var name in args.Sites.SelectMany(site => site.Names).GroupBy(name => name).Where(group => group.Count() > 1))
            proxy.Report("sites", $"'{name.Key}' stands there more than once.", "Name it once, as a site or as an alias.");
        if (args.Sites.Count(site => site is { IsAddress: true, IsEncrypted: true }) > 1)
            proxy.Report("sites", "Several of them are addresses: browsers name none, so that only one could have its certificate.",
                "Keep one, or give the others names.");
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\z")]
    private static partial Regex MailAddress();
}
