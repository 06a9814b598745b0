using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>The proxy with TLS: before web in production, and before the gateway of a system that has one.</summary>
public sealed partial record ProxySettings
{
    public required bool Enabled { get; init; }

    /// <summary>The web server that it passes requests on to; the only one where unset.</summary>
    public required string? Web { get; init; }

    /// <summary>Its arguments, but for what it stands before.</summary>
    public required ProxyArgs Args { get; init; }

    /// <summary>How often and how patiently it is probed.</summary>
    public required ProbeTimes Probe { get; init; }

    internal static ProxySettings Read(Section proxy, EnvironmentKind? environment)
    {
        var settings = new ProxySettings
        {
            Enabled =
                proxy.Flag(
                    "enabled",
                    "`false`: no proxy; web is published at its `port` and is stopped before its successor starts. "
                        + "With the proxy, web publishes none. In `creator-hub` the same for the gateway and `infra:gateway`'s `port`, in dev too",
                    "`true` in prod"
                )
                ?? environment == EnvironmentKind.Prod,
            Web = proxy.Text("web", "the web server that it passes requests on to, by its name", "the only one", StackKinds.Prod),
            Probe = ProbeTimes.Of(proxy),
            Args = new ProxyArgs
            {
                Image = proxy.ImageOr("image", Images.Caddy),
                Domain = proxy.TextOr("domain", "localhost",
                    "the name, not an address, that the application answers to. `localhost` and `*.localhost` get a certificate "
                    + "from a CA of the proxy's own, any other name one by ACME (ports 80 and 443 must reach this machine)"),
                Email = proxy.Text("email", "whom the certificate's authority writes to"),
                HttpPort = proxy.Port(
                    "httpPort",
                    "plain HTTP, which only redirects; on every address, or on 127.0.0.1 for a local name",
                    "80; 8080 for a local name"
                ),
                HttpsPort = proxy.Port("httpsPort", "the same for HTTPS", "443; 8443 for a local name"),
                MaxBody = proxy.MemoryOr(
                    "maxBody",
                    Size.MiB(10),
                    "the largest body of a request. Two of them fit into web's `/tmp`, which counts as its memory, and each "
                        + "may take a minute per 10 MiB"
                ),
                Hidden = proxy.List("hidden", "paths that are answered with 404, and all below them", "/metrics"),
                Memory = proxy.MemoryOr("memory", Size.MiB(256)),
                Cpus = proxy.CpusOr("cpus", Cpu.Cores(1)),
            },
        };
        if (Numeric().IsMatch(settings.Args.Domain))
            proxy.Report(
                "domain",
                $"'{settings.Args.Domain}' is an address: browsers name none while they connect, so they would be answered with 421.",
                "Write a name that leads to it, such as shop.example.com, or localhost for this machine alone."
            );
        else if (!DomainName().IsMatch(settings.Args.Domain))
            proxy.Report(
                "domain",
                $"'{settings.Args.Domain}' is not a domain name.",
                "Write the bare name, such as shop.example.com, in lower case."
            );
        if (settings.Args.Email is { } email && !Address().IsMatch(email))
            proxy.Report("email", $"'{email}' is not an e-mail address.", "Write one address, such as ops@example.com.");
        if (settings.Args.Hidden.Where(path => !Path().IsMatch(path)).ToArray() is { Length: > 0 } wrong)
            proxy.Report("hidden", $"'{wrong[0]}' is not a path.", "Write paths such as /metrics, without patterns or spaces.");
        return settings;
    }

    /// <summary>Notes where the proxy and the services behind it contradict each other.</summary>
    internal static void Review(Section root, Settings settings)
    {
        if (!settings.Proxy.Enabled) return;
        if (settings.Systems.Kind == SystemKind.CreatorHub && settings.Systems.Gateway.Port is not null)
            root.Report("gateway.port", "The proxy is in front of gateway, which then publishes no port of its own.", Then);
        if (settings.Systems.Kind is not null || settings.Environment != EnvironmentKind.Prod) return;
        var webs = settings.Services.Where(service => service.Args is WebArgs).Select(service => service.Name).ToArray();
        if (settings.Proxy.Web is { } web && !webs.Contains(web))
            root.Report("proxy.web", $"There is no web server '{web}'.", Nearest.HintOr(web, webs, $"Web servers: {string.Join(", ", webs)}."));
        else if (settings.Proxy.Web is null && webs.Length > 1)
            root.Report(
                "proxy.web",
                $"There are several web servers: {string.Join(", ", webs)}.",
                "Name the one that the proxy passes requests on to."
            );
        else if (settings.BehindProxy is { } behind && settings.Service(behind) is { Args: WebArgs { Port: not null } })
            root.Report($"{ServicesReader.Key}.{behind}.port", $"The proxy is in front of {behind}, which then publishes no port of its own.", Then);
    }

    private const string Then = "Drop it and set infra:proxy's httpsPort, or set infra:proxy's enabled to false.";

    [GeneratedRegex(@"\A(?=.{1,253}\z)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\z")]
    private static partial Regex DomainName();

    // No top-level domain is a number.
    [GeneratedRegex(@"\A([^:]*\.)?[0-9]+\z|\A\[?[0-9a-fA-F]*:[0-9a-fA-F:.]*\]?\z")]
    private static partial Regex Numeric();

    [GeneratedRegex(@"\A[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\z")]
    private static partial Regex Address();

    [GeneratedRegex(@"\A/[A-Za-z0-9._~/-]*[A-Za-z0-9._~-]\z")]
    private static partial Regex Path();
}
