using Infra.Model;

namespace Infra.Components.Proxies;

/// <summary>Says how a site and its routes are reached.</summary>
internal static class SiteUpstreams
{
    /// <summary>How a site is reached in its proxy's container.</summary>
    public static Endpoint EndpointOf(Site site) =>
        new(site.Scheme, Site.InUrl(site.Name), site.IsEncrypted ? ProxyConfiguration.HttpsPort : ProxyConfiguration.HttpPort);

    /// <summary>How a route is, and what it answers where all is well.</summary>
    public static Upstream For(Site site, SiteRoute route, ProxyArgs args)
    {
        var health = route is ServiceRoute to ? Health(to, args.Behind(to.Service).Endpoint?.HealthPath) : null;
        return new Upstream(route.Path, (route as ServiceRoute)?.Service)
        {
            Site = EndpointOf(site),
            Asked = health ?? route.Path,
            Status = !site.Users.IsEmpty || !route.Users.IsEmpty ? 401 : health is null ? null : 200,
            HasOwnAuthority = site.IsEncrypted && (site.HasOwnAuthority || site.IsLocal),
        };
    }

    // Where the service's own path for it is not below the route's, nobody outside can ask it.
    private static string? Health(ServiceRoute route, string? path) =>
        path is null ? null
        : route.Strip ? route.Path.TrimEnd('/') + path
        : route.Path == "/" || path == route.Path || path.StartsWith(route.Path + "/", StringComparison.Ordinal) ? path
        : null;
}
