using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using Infra.Components.Proxies;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Reads a site of the proxy.</summary>
internal static partial class SiteSettings
{
    private const string Bare = "Write the bare name, such as shop.example.com, in lower case, or an IP address.";

    /// <summary>What the keys of a site say.</summary>
    public static Site Read(string name, Section site)
    {
        if (site.IsWritten && !IsName(name) && !IsAddress(name)) site.Report("", $"'{name}' is not a domain name.", Bare);
        var body = site.MemoryOr("maxBody", Size.MiB(10), "the largest body of a request, for each of its routes that says no other");
        var read = new Site(name)
        {
            Aliases = Aliases(site),
            Routes = site.Each("routes", "PATH", "service", "where the requests for a path and all below it go, the longest path that matches: "
                + "`/api: api` for a service with a port, or a map. Without routes, all go to the only web server",
                RouteSettings.Read),
            MaxBody = body,
            Tls = site.Choice<SiteTls>(
                "tls",
                "who signs its certificate: an authority that speaks ACME (ports 80 and 443 of the name lead to this machine), the proxy "
                    + "itself, or nobody: plain HTTP, behind somebody else's proxy",
                "`acme`; `internal` for `localhost`, `*.localhost` and addresses"
            ),
            Certificate = Certificate(site),
            Users = site.Users("basicAuth", "who may ask, of each route that names nobody, with passwords: `ops: \"{secrets.ops-password}\"`"),
            Hidden = site.List("hidden", "paths that are answered with 404, and all below them", "/metrics"),
        };
        foreach (var path in read.Hidden.Where(path => path == "/" || !RouteSettings.IsPath(path)))
            site.Report("hidden", $"'{path}' is not a path.", "Write paths such as /metrics, without patterns or spaces.");
        if (read.IsAddress && read is { Certificate: null, Tls: SiteTls.Acme })
            site.Report("tls", "The authorities of ACME sign names.", "Drop it, and the proxy signs itself, or name a certificate of your own.");
        if (read is { Certificate: not null, Tls: not null })
            site.Report("tls", "It has a certificate of its own, too.", "Drop one of the two.");
        return read;
    }

    private static ImmutableArray<string> Aliases(Section site)
    {
        var aliases = site.List("aliases", "names that are redirected to it: `[www.shop.example.com]`");
        foreach (var alias in aliases.Where(alias => !IsName(alias)))
            site.Report("aliases", $"'{alias}' is not a domain name.", Bare);
        return aliases;
    }

    private static OwnCertificate? Certificate(Section site) => site.Read("certificate", "a certificate of your own, in place of `tls`", part =>
    {
        var certificate = part.Mention(
            "certificate",
            "the secret that holds it in PEM, and those of the authorities between: `\"{secrets.shop-crt}\"`"
        );
        var key = part.Mention("key", "the secret that holds its key in PEM");
        if (certificate is not null && key is not null) return new OwnCertificate(certificate, key);
        if (part.IsSet("certificate") != part.IsSet("key"))
            site.Report("certificate", "It is half of one.", "Write both, certificate and key.");
        return null;
    });

    internal static bool IsAddress(string name) => IPAddress.TryParse(name, out var address) && address.ToString() == name;

    // No top-level domain is a number.
    private static bool IsName(string name) => DomainName().IsMatch(name) && !char.IsAsciiDigit(name.Split('.')[^1][0]);

    [GeneratedRegex(@"\A(?=.{1,253}\z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\z")]
    private static partial Regex DomainName();
}
