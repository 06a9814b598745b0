using System.Collections.Immutable;
using Infra.Model;
using static Infra.Components.Proxies.Caddyfile;

namespace Infra.Components.Proxies;

/// <summary>The part of the Caddyfile for one route: it stands in a block that keeps its order, and ends each request that it matches.</summary>
internal static class RouteLines
{
    private const string Length = "{http.request.header.Content-Length}";

    /// <param name="site">Its site.</param>
    /// <param name="route">The route.</param>
    /// <param name="number">A number of its own among those of its site.</param>
    /// <param name="hidden">Answers what is hidden; nothing where nothing is.</param>
    /// <param name="upstream">What leads to its service.</param>
    public static ImmutableArray<CaddyLine> For(
        Site site,
        SiteRoute route,
        int number,
        CaddyLine? hidden,
        Func<ServiceRoute, UpstreamLines> upstream
    )
    {
        ImmutableArray<CaddyLine> lines =
        [
            .. Passwords.Lines(site.UsersOf(route)),
            .. route switch
            {
                ServiceRoute service =>
                    [.. Bounds(site.LargestBody(service)), .. service.Strip ? Seen(route, hidden) : [], upstream(service).Import],
                FilesRoute files => Files(files),
                RedirectRoute redirect => Redirect(redirect),
                _ => throw new ArgumentOutOfRangeException(nameof(route)),
            },
        ];
        var matcher = FormattableString.Invariant($"@route{number}");
        return route.Path == "/" ? [new("route", lines)] : [$"{matcher} path {string.Join(' ', Below(route.Path))}", new($"route {matcher}", lines)];
    }

    private static CaddyLine Stripped(SiteRoute route) => $"uri strip_prefix {Word(route.Path)}";

    // What the service sees then may be hidden, too.
    private static ImmutableArray<CaddyLine> Seen(SiteRoute route, CaddyLine? hidden) => [Stripped(route), .. hidden is null ? [] : new[] { hidden }];

    private static ImmutableArray<CaddyLine> Bounds(Size body) =>
    [
        "# A length that is told is refused at once, and counted where it is not: Caddy 2.6 calls that a failure of the upstream.",
        $"@large expression {Quoted($"{Length} != \"\" && int({Length}) > {body.Bytes}")}",
        "respond @large 413",
        MaxBody(body),
    ];

    private static ImmutableArray<CaddyLine> Files(FilesRoute route) =>
    [
        .. When(route.Path != "/", Stripped(route)),
        $"root * {Word(route.Folder.Length == 0 ? route.Mounted : $"{route.Mounted}/{route.Folder}")}",
        .. route.Cache is { } cache
            ? ["@there file", FormattableString.Invariant($"header @there Cache-Control \"public, max-age={(int)cache.TotalSeconds}\"")]
            : ImmutableArray<CaddyLine>.Empty,
        .. When(route.Fallback is not null, $"try_files {{path}} {Word(route.Fallback ?? "")}"),
        "file_server",
    ];

    private static ImmutableArray<CaddyLine> Redirect(RedirectRoute route) =>
    [
        .. route.Path == "/"
            ? []
            : ImmutableArray.Create<CaddyLine>(
                new("map {query} {asked}", ["~.+ ?${0}", $"default {Quoted("")}"]),
                $"@itself path {Word(route.Path)}",
                $"redir @itself {Word(route.Target)}{{asked}} 308",
                Stripped(route)
            ),
        $"redir * {Word(route.Target.TrimEnd('/'))}{{uri}} 308",
    ];
}
