using Infra.Components;
using Infra.Components.Proxies;

namespace Infra.Stacks.Configuration;

/// <summary>Notes where the proxy and the services behind it contradict each other.</summary>
internal static class ProxyReview
{
    public static void Review(Section root, Settings settings)
    {
        var webs = settings.Services.Where(service => service.Args is WebArgs).Select(service => service.Name).ToArray();
        if (settings.Proxy is { IsWanted: true, Args.Sites.IsEmpty: true } && webs.Length > 1)
            root.Report(
                "proxy.sites",
                $"There are several web servers: {string.Join(", ", webs)}.",
                $"Say what leads where: sites: {{ localhost: {{ routes: {{ /: {webs[0]} }} }} }}."
            );
        if (!settings.Proxy.Enabled) return;
        if (settings.Proxy.Args is { IsEncrypted: false, HttpsPort: not null })
            root.Report("proxy.httpsPort", "No site has TLS, so it would change nothing.", "Drop it, or write tls: internal into a site.");
        foreach (var site in settings.Proxy.Args.Sites)
        {
            var at = $"proxy.sites.{site.Name}";
            if (site.Routes.IsEmpty)
                root.Report(at, "It has no routes, and there is more than one web server, or none.", "Say what leads where: routes: { /: web }.");
            foreach (var route in site.Routes) Review(root, settings, $"{at}.routes.{route.Path}", route);
        }

        if (settings is not { Environment: EnvironmentKind.Prod, Systems.Kind: null }) return;
        foreach (var web in settings.Services.Where(service => service.Args is WebArgs { Port: not null } && settings.Proxy.Leads(service.Name)))
            root.Report(
                $"{ServicesReader.Key}.{web.Name}.port",
                $"The proxy is in front of {web.Name}, which then publishes no port of its own.",
                "Drop it and set infra:proxy's httpsPort, or set infra:proxy's enabled to false."
            );
    }

    private static void Review(Section root, Settings settings, string at, SiteRoute route)
    {
        switch (route)
        {
            case ServiceRoute { Service.Length: > 0 } to when settings.Service(to.Service) is not { } service:
                root.Report(at, $"There is no service '{to.Service}'.", Hint(to.Service, settings.Services.Select(each => each.Name)));
                break;
            case ServiceRoute { Service.Length: > 0 } to when !Listens(settings.Service(to.Service)!):
                root.Report(at, $"'{to.Service}' listens on no port, or not for HTTP.", "Name a web server, or give it containerPort.");
                break;
            case FilesRoute { Origin: { } origin } when settings.Service(origin.Service) is not { Kind.IsProcess: true }:
                root.Report(at, $"There is no service '{origin.Service}' that runs an image of yours.",
                    Hint(origin.Service, settings.Services.Where(each => each.Kind.IsProcess).Select(each => each.Name)));
                break;
            case FilesRoute { Origin: { } origin } when settings.Service(ImageFolder.StepOf(origin.Service)) is not null:
                root.Report(at, $"The step that copies its files would have the name of the service '{ImageFolder.StepOf(origin.Service)}'.",
                    $"Rename '{ImageFolder.StepOf(origin.Service)}'.");
                break;
            case FilesRoute { Origin: null } files when Volumes(settings).All(volume => volume != files.Volume.Name):
                root.Report(at, $"No service has the volume '{files.Volume.Name}'.", Hint(files.Volume.Name, Volumes(settings)));
                break;
        }
    }

    private static IEnumerable<string> Volumes(Settings settings) =>
        settings.Services.SelectMany(service => service.Process?.Volumes ?? []).Select(mount => mount.Volume.Name).Distinct();

    private static bool Listens(ServiceSettings service) => service.Args switch
    {
        WebArgs or FlowerArgs => true,
        AppProcessArgs args => args.Port is not null,
        ContainerArgs args => args is { Port: not null, Scheme: "http" },
        _ => false,
    };

    private static string Hint(string name, IEnumerable<string> known)
    {
        var names = known.ToArray();
        return Nearest.HintOr(name, names, names.Length == 0 ? "There is none." : $"There are: {string.Join(", ", names)}.");
    }
}
