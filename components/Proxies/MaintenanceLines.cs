using System.Collections.Immutable;

namespace Infra.Components.Proxies;

/// <summary>The part of the Caddyfile that answers every request for a site with a page, while it has one.</summary>
internal static class MaintenanceLines
{
    // What a page is asked for in, and answered with, as a whole: no part of it, and never that it is the one that the client has.
    private static readonly ImmutableArray<CaddyLine> Whole =
        ["request_header -Range", "request_header -If-*", "header -Accept-Ranges", "header -Etag", "header -Last-Modified"];

    /// <summary>The lines for a site: the first of a block that keeps its order.</summary>
    public static ImmutableArray<CaddyLine> For(Site site)
    {
        var root = $"root {MaintenancePages.FolderOf(site.Name)}";
        return
        [
            "# In maintenance while there is a page, whose name says in how many seconds to ask again, and what lets a request pass it.",
            new("@maintenance file", [root, "try_files /*.html"]),
            new("route @maintenance",
            [
                new("map {http.matchers.file.relative} {page} {retry} {pass}",
                [
                    $"~^/*({MaintenancePages.Name})$ \"/${{1}}\" \"${{2}}\" \"${{3}}\"",
                    "default \"/\" \"600\" \"\"",
                ]),
                $"@closed expression `{{pass}} == \"\" || {{http.request.cookie.{MaintenancePages.Cookie}}} != {{pass}}`",
                new("route @closed",
                [
                    "header Retry-After {retry}",
                    "header Cache-Control no-store",
                    .. Whole,
                    "# Files are answered to this method alone.",
                    "method GET",
                    "rewrite * {page}",
                    new("file_server", [root, "status 503", "disable_canonical_uris", "pass_thru"]),
                    "# It was taken away this moment.",
                    "respond 503",
                ]),
            ]),
        ];
    }
}
