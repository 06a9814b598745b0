using System.Globalization;
using System.Text.RegularExpressions;

namespace Infra.Components.Proxies;

/// <summary>
/// The pages that put sites in maintenance. Each is a file in a folder of its site's, on the proxy's own volume: what is there outlives
/// the container. The file's name says the rest.
/// </summary>
public static partial class MaintenancePages
{
    /// <summary>The folder in which each site has its own.</summary>
    public const string Root = $"{ProxyConfiguration.Data}/maintenance";

    /// <summary>The cookie by which a request passes a page: its value is in the name of the page.</summary>
    public const string Cookie = "maintenance-pass";

    /// <summary>What the name of a page is, as Go and .NET read it: the seconds of <c>Retry-After</c>, and what passes it.</summary>
    public const string Name = "([0-9]+)-([0-9a-f]+)[.]html";

    /// <summary>The folder of a site, which is named as in a URL or without the brackets of an IPv6 address.</summary>
    public static string FolderOf(string site) => $"{Root}/{FolderName(site)}";

    /// <summary>What the folder of a site is called.</summary>
    public static string FolderName(string site) => site.Trim('[', ']');

    /// <summary>The name of a page.</summary>
    /// <param name="retryAfter">In how many seconds a client may ask again.</param>
    /// <param name="pass">What passes the page, in hexadecimal digits.</param>
    public static string Write(int retryAfter, string pass) => FormattableString.Invariant($"{retryAfter}-{pass}.html");

    /// <summary>What the name of a page says; nothing where it is none.</summary>
    public static (int RetryAfter, string Pass)? Parse(string name) =>
        Whole().Match(name) is { Success: true } match && int.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var seconds)
            ? (seconds, match.Groups[2].Value)
            : null;

    [GeneratedRegex($"^{Name}$")]
    private static partial Regex Whole();
}
