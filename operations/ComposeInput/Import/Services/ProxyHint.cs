using System.Text.RegularExpressions;
using Infra.Operations.ComposeInput.Reading;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>How the stack's own proxy would do what a proxy of the file does.</summary>
internal static partial class ProxyHint
{
    private const long Longest = 1 << 20;

    /// <summary>The settings that would take its place, as far as its configuration can be read.</summary>
    public static string Of(ImportScope scope, ServicePlan plan)
    {
        var routes = Labels(scope).Concat(Configurations(plan).SelectMany(text => Routes(scope, text))).Distinct().ToArray();
        if (routes.Length == 0 && Servers(scope) is [var only]) routes = [("/", only)];
        var site = Sites(scope, plan).FirstOrDefault() ?? (scope.IsProd ? "YOUR.DOMAIN" : "shop.localhost");
        var list = string.Join(", ", routes.DistinctBy(route => route.Path).Select(route => $"{route.Path}: {route.Service}"));
        return $"To let the stack's proxy do it, with certificates and deploys without a gap: "
            + $"infra:proxy: {{ sites: {{ {site}: {{ routes: {{ {list} }} }} }} }}, "
            + $"drop infra:proxy's enabled: false, the waiver, and {plan.SettingsName}.";
    }

    private static IEnumerable<(string Path, string Service)> Labels(ImportScope scope) =>
        from other in scope.Plans
        from label in other.Service.Map("labels")
        where label.Key.EndsWith(".rule", StringComparison.Ordinal) && label.Key.StartsWith("traefik.http.routers.", StringComparison.Ordinal)
            && !other.IsFront
        select (Prefix().Match(label.Value ?? "") is { Success: true } match ? match.Groups["path"].Value : "/", other.SettingsName);

    private static IEnumerable<string> Sites(ImportScope scope, ServicePlan plan) =>
        scope.Plans.SelectMany(other => other.Service.Map("labels")).Where(label => label.Key.EndsWith(".rule", StringComparison.Ordinal))
            .SelectMany(label => Host().Matches(label.Value ?? "").Select(match => match.Groups["host"].Value))
            .Concat(Configurations(plan).SelectMany(text => ServerName().Matches(text).Select(match => match.Groups["host"].Value)))
            .Where(host => host.Contains('.', StringComparison.Ordinal) && !host.Contains('$', StringComparison.Ordinal));

    private static string[] Servers(ImportScope scope) => [.. scope.Plans.Where(plan => plan.Kind == "web").Select(plan => plan.SettingsName)];

    // location /api/ { proxy_pass http://web:8000; }, and the same with an upstream's name
    private static IEnumerable<(string Path, string Service)> Routes(ImportScope scope, string text)
    {
        var upstreams = Upstream().Matches(text).ToLookup(match => match.Groups["name"].Value, match => match.Groups["host"].Value);
        foreach (Match match in Location().Matches(text))
        {
            var host = match.Groups["host"].Value;
            if (Named(upstreams[host].FirstOrDefault() ?? host) is { } service) yield return (PathOf(match.Groups["path"].Value), service);
        }

        foreach (Match match in Caddy().Matches(text))
            if (Named(match.Groups["host"].Value) is { } service)
                yield return (match.Groups["path"] is { Success: true } path ? PathOf(path.Value.TrimEnd('*')) : "/", service);

        string? Named(string host) => scope.Find(host)?.SettingsName;
    }

    private static string PathOf(string path) => path.Length > 1 ? path.TrimEnd('/') is { Length: > 0 } bare ? bare : "/" : path;

    private static IEnumerable<string> Configurations(ServicePlan plan) =>
        from mount in plan.Service.Items("volumes")
        let source = ComposeService.TextOf(mount["source"])
        where source is not null && ComposeService.TextOf(mount["type"]) == "bind"
        from file in Files(source)
        select File.ReadAllText(file);

    private static IEnumerable<string> Files(string path) =>
        File.Exists(path) ? Readable(path) ? [path] : []
        : !Directory.Exists(path) ? []
        : Directory.EnumerateFiles(path).Where(file => file.EndsWith(".conf", StringComparison.Ordinal)
            || file.EndsWith(".template", StringComparison.Ordinal)
            || Path.GetFileName(file) == "Caddyfile").Where(Readable);

    private static bool Readable(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return stream.Length < Longest;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"PathPrefix\(`(?<path>[^`]+)`")]
    private static partial Regex Prefix();

    [GeneratedRegex(@"Host\(`(?<host>[^`]+)`")]
    private static partial Regex Host();

    [GeneratedRegex(@"\bserver_name\s+(?<host>[\w.-]+)")]
    private static partial Regex ServerName();

    [GeneratedRegex(@"\bupstream\s+(?<name>[\w.-]+)\s*\{[^}]*?\bserver\s+(?<host>[\w.-]+)")]
    private static partial Regex Upstream();

    [GeneratedRegex(@"\blocation\s+(?:[=~^*]+\s+)?(?<path>/[^\s{]*)\s*\{[^{}]*?\b(?:proxy_pass\s+https?://|uwsgi_pass\s+)(?<host>[\w.-]+)")]
    private static partial Regex Location();

    [GeneratedRegex(@"\breverse_proxy\s+(?:(?<path>/\S+)\s+)?(?:https?://)?(?<host>[\w-]+)(:[0-9]+)?")]
    private static partial Regex Caddy();
}
