using System.Text.RegularExpressions;
using Infra.Stacks.Configuration;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>Turns addresses of other services that are written out into mentions of them.</summary>
/// <param name="scope">The import.</param>
/// <param name="plan">The service whose values these are.</param>
internal sealed partial class Mentions(ImportScope scope, ServicePlan plan)
{
    private readonly Dictionary<string, ServicePlan> hosts = Hosts(scope, plan);

    /// <summary>The service that a host's name leads to; nothing where it is none of these.</summary>
    public ServicePlan? At(string host) => hosts.GetValueOrDefault(host);

    /// <summary>Whether a text has a URL that leads to one of the services, or has a password.</summary>
    public bool HasUrl(string text) =>
        Url().Matches(text).Any(match => At(match.Groups["host"].Value) is not null || match.Groups["password"].Length > 0);

    /// <summary>A text with its URLs as mentions; what a secret is in it is noted as one.</summary>
    /// <param name="variable">The variable's name, after which a secret is called.</param>
    /// <param name="text">Its value.</param>
    public string Urls(string variable, string text)
    {
        var parts = new List<string>();
        var at = 0;
        foreach (Match match in Url().Matches(text))
        {
            parts.Add(Spelling.Literal(text[at..match.Index]));
            parts.Add(Url(variable, match));
            at = match.Index + match.Length;
        }

        parts.Add(Spelling.Literal(text[at..]));
        return string.Concat(parts);
    }

    /// <summary>A list of <c>HOST:PORT</c>, all of them of services that are waited for; nothing where it is none.</summary>
    public string? Addresses(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries).Select(part => Address().Match(part)).ToArray();
        if (parts.Any(part => !part.Success || At(part.Groups["host"].Value) is not { } other || !CanMention(other)
            || other.Port?.ToString(System.Globalization.CultureInfo.InvariantCulture) != part.Groups["port"].Value)) return null;
        return string.Join(',', parts.Select(part => Mention(At(part.Groups["host"].Value)!, "address")));
    }

    /// <summary>The host's name: a mention where the service is to be waited for, else the name that it has on the network.</summary>
    public string Host(ServicePlan other) => CanMention(other) ? Mention(other, "host") : other.SettingsName;

    /// <summary>A mention, after which the service is waited for.</summary>
    public string Mention(ServicePlan other, string what)
    {
        plan.Mentions.Add(other.Name);
        return $"{{{other.SettingsName}.{what}}}";
    }

    /// <summary>Whether a mention changes nothing but what is to be: a store is waited for anyway, another service where the file says so.</summary>
    public bool CanMention(ServicePlan other) => other.IsStore || (plan.Dependencies.Any(wait => wait.Service == other.Name) && other.Kind != "step");

    private string Url(string variable, Match match)
    {
        var (scheme, host, port, rest) = (Of(match, "scheme"), Of(match, "host"), Of(match, "port"), Of(match, "rest"));
        if (At(host) is not { } other) return match.Groups["password"].Length == 0 ? Spelling.Literal(match.Value)
            : WithSecret(variable, match, host);
        if (other.Store is { } store && OfStore(match, other, store, scheme, rest) is { } mention) return mention;
        if (match.Groups["at"].Success) return WithSecret(variable, match, Host(other));
        if (other.Store is null && CanMention(other) && other.Kind is "web" or "container" or "process" or "flower" && scheme == "http"
            && other.Port is { } known && (port.Length == 0 ? 80 : int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)) == known)
            return $"{{{other.SettingsName}.url{(rest.Length > 0 && rest[0] is '/' or '?' ? rest : "")}}}" is var text
                && plan.Mentions.Add(other.Name) ? text : text;
        return $"{scheme}://{Host(other)}{(port.Length > 0 ? ":" + port : "")}{Spelling.Literal(rest)}";
    }

    private string? OfStore(Match match, ServicePlan other, StoreFacts store, string scheme, string rest)
    {
        var (user, password) = (Uri.UnescapeDataString(Of(match, "user")), Uri.UnescapeDataString(Of(match, "password")));
        var hasLogin = match.Groups["at"].Success;
        if (Of(match, "port") is { Length: > 0 } port && port != store.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)) return null;
        var isRedis = store.Scheme == "redis";
        // Without a login it is a driver that is told it elsewhere: Java's, for one. Redis' and RabbitMQ's have one where there is none.
        if (!hasLogin && store.Scheme == "postgresql") return null;
        if (isRedis ? scheme is not ("redis" or "redis+socket") && !scheme.EndsWith("redis", StringComparison.Ordinal)
            : !IsSchemeOf(store, scheme)) return null;
        if (hasLogin && !isRedis
            && (user != store.User || (password.Length > 0 && store.Password is not null && password != store.Password))) return null;
        if (hasLogin && isRedis && store.Password is not null && password.Length > 0 && password != store.Password) return null;
        var (path, query) = rest.Split('?', 2) is [var first, var second] ? (first, "?" + second) : (rest, "");
        var written = scheme == store.Scheme ? "" : scheme + "://";
        plan.Mentions.Add(other.Name);
        return $"{{{written}{other.SettingsName}.url{PathOf(store, path)}{query}}}";
    }

    // What the service's own URL has already is not repeated.
    private static string PathOf(StoreFacts store, string path) => store.Scheme switch
    {
        "redis" => path == "/" ? "" : path,
        "amqp" when Uri.UnescapeDataString(path).Trim('/') == store.Name?.Trim('/') => "",
        _ when Uri.UnescapeDataString(path).Trim('/') == store.Name => "",
        _ => path is "/" ? "" : path,
    };

    private static bool IsSchemeOf(StoreFacts store, string scheme) => store.Scheme == "amqp"
        ? scheme is "amqp" or "pyamqp" or "librabbitmq" or "py-amqp"
        : scheme.Contains("postgres", StringComparison.Ordinal) || scheme.Contains("psql", StringComparison.Ordinal)
            || scheme.Contains("postgis", StringComparison.Ordinal) || scheme.Contains("pgsql", StringComparison.Ordinal);

    private string WithSecret(string variable, Match match, string host)
    {
        var password = Uri.UnescapeDataString(Of(match, "password"));
        var login = Spelling.Literal(Of(match, "user"));
        if (match.Groups["password"].Length > 0)
        {
            var secret = scope.Secrets.Shared(password) ?? scope.Secrets.Add(Secrets.Named(variable).Name + "-password", password, plan.SettingsName);
            login += $":{{secrets.{secret}}}";
        }

        var port = Of(match, "port") is { Length: > 0 } text ? ":" + text : "";
        return $"{Of(match, "scheme")}://{login}@{host}{port}{Spelling.Literal(Of(match, "rest"))}";
    }

    private static string Of(Match match, string group) => match.Groups[group].Value;

    private static Dictionary<string, ServicePlan> Hosts(ImportScope scope, ServicePlan plan)
    {
        var hosts = new Dictionary<string, ServicePlan>(StringComparer.Ordinal);
        foreach (var link in plan.Service.Words("links").Select(link => link.Split(':')))
            if (link is [var service, var alias] && scope.Find(service) is { } linked) hosts[alias] = linked;
        foreach (var other in scope.Plans) hosts.TryAdd(other.Name, other);
        foreach (var other in scope.Plans)
            foreach (var name in NetworkNames.Of(other.Service)) hosts.TryAdd(name, other);
        return hosts;
    }

    [GeneratedRegex(
        @"(?<scheme>[a-z][a-z0-9+.-]*)://(?<at>(?<user>[^\s:@/,]*)(:(?<password>[^\s@/]*))?@)?"
            + @"(?<host>[A-Za-z0-9_.-]+)(:(?<port>[0-9]+))?(?<rest>[/?][^\s,;""'|<>{}]*)?"
    )]
    private static partial Regex Url();

    [GeneratedRegex(@"\A(?<host>[A-Za-z0-9_.-]+):(?<port>[0-9]+)\z")]
    private static partial Regex Address();
}
