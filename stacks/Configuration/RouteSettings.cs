using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Components.Proxies;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Reads a route of a site: a service, files or another place, which have keys of their own.</summary>
internal static partial class RouteSettings
{
    private static readonly string[] Kinds = ["service", "files", "redirect"];

    // The keys that every route has, and those of one kind.
    private static readonly ImmutableDictionary<string, string[]> Own = ImmutableDictionary.CreateRange(
    [
        KeyValuePair.Create("service", new[] { "strip", "maxBody", "timeoutSeconds" }),
        KeyValuePair.Create("files", new[] { "of", "cacheSeconds", "fallback" }),
        KeyValuePair.Create("redirect", Array.Empty<string>()),
    ]);

    /// <summary>What the keys of a route say.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="route">Its keys.</param>
    public static SiteRoute Read(string path, Section route)
    {
        if (route.IsWritten && path != "/" && !IsPath(path))
            route.Report("", $"'{path}' is not a path.", "Write it as /api, without patterns or spaces and without a slash at its end.");
        var service = route.Text("service", "the service that answers, which must listen on a port");
        var files = route.Text("files", "serves the files of a named volume (`media`, `media/public`), or, with `of`, of a folder in an image, "
            + "without a listing; parts of them too");
        var redirect = route.Text("redirect", "where the path has moved to for good, a path or a URL; what follows it stays");
        var users = route.Users("basicAuth", "who may ask, instead of those of the site");
        var strip = route.Flag("strip", false, "whether the service does not see the path");
        var most = route.Memory("maxBody", "the largest body of a request. Two of the largest fit into the service's `/tmp`, which counts as its "
            + "memory, and each may take a minute per 10 MiB", "the site's");
        var answer = route.Seconds("timeoutSeconds", "how long the service may take until its answer begins; 504 then");
        var of = route.Text("of", "the service in whose image the folder of `files` is: `files: /app/static`. It is copied before the "
            + "service starts, and what the version before had stays until the next one");
        var cache = route.Seconds("cacheSeconds", "how long a browser may keep a file", most: 315360000);
        var fallback = route.Text("fallback", "the file that answers where there is none, for an application in the browser: `/index.html`");
        Review(route);
        return files is not null ? Files(path, route, files, of) with { Users = users, Cache = cache, Fallback = Checked(route, fallback) }
            : redirect is not null ? new RedirectRoute(path, Target(route, redirect)) { Users = users }
            : new ServiceRoute(path, service ?? "") { Users = users, Strip = strip, MaxBody = most, Answer = answer };
    }

    /// <summary>Whether it is a path of a URL in one spelling.</summary>
    public static bool IsPath(string path) => PathText().IsMatch(path) && !path.Split('/').Any(part => part is "." or "..");

    private static void Review(Section route)
    {
        var kinds = Kinds.Where(route.IsSet).ToArray();
        if (!route.IsWritten) return;
        if (kinds.Length != 1)
            route.Report(
                "",
                kinds.Length == 0 ? "It leads nowhere." : $"It has {string.Join(" and ", kinds)}.",
                "Write one of service, files and redirect."
            );
        else
            foreach (var key in Own.Where(pair => pair.Key != kinds[0]).SelectMany(pair => pair.Value).Where(route.IsSet).Order())
                route.Report(key, $"A route with {kinds[0]} has none.", "Drop it.");
    }

    private static FilesRoute Files(string path, Section route, string files, string? of)
    {
        if (of is null)
        {
            var (volume, folder) = files.Split('/', 2) is [var first, var rest] ? (first, rest) : (files, "");
            if (!VolumeName().IsMatch(volume) || (folder.Length > 0 && !ContainerPaths.IsPath("/" + folder)))
                route.Report("files", $"'{files}' is not a volume, nor a folder in one.", "Write media, or media/public; or with of, /app/static.");
            return new FilesRoute(path, new Volume(volume)) { Folder = folder };
        }

        var inside = ContainerPaths.WithoutEnd(files);
        if (!ContainerPaths.IsPath(inside))
            route.Report("files", $"'{files}' is not an absolute path in the image of '{of}'.", "Write it as /app/static.");
        return FilesRoute.OfImage(path, new ImageFolder(of, inside));
    }

    private static string Target(Section route, string target)
    {
        if (!TargetText().IsMatch(target))
            route.Report("redirect", $"'{target}' is neither a path nor a URL.", "Write /new, or https://other.example.com/new.");
        return target;
    }

    private static string? Checked(Section route, string? fallback)
    {
        if (fallback is not null && !IsPath(fallback))
            route.Report("fallback", $"'{fallback}' is not a path below the route.", "Write it as /index.html.");
        return fallback;
    }

    [GeneratedRegex(@"\A/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-]\z")]
    private static partial Regex PathText();

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]{0,99}\z")]
    private static partial Regex VolumeName();

    [GeneratedRegex(@"\A(https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?)?(/[A-Za-z0-9._~/%-]*)?(?<!\A)\z")]
    private static partial Regex TargetText();
}
