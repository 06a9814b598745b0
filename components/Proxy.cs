using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Components.Proxies;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Proxy"/> needs to know.</summary>
public sealed record ProxyArgs
{
    /// <summary>The service that it passes requests on to, over HTTP.</summary>
    public ServiceSpec? Upstream { get; init; }

    /// <summary>
    /// The name it answers to. Defaults to <c>localhost</c>.
    /// A local one (<c>localhost</c>, <c>*.localhost</c>) gets its certificate from a CA of the proxy's own, any other by ACME.
    /// </summary>
    public string Domain { get; init; } = "localhost";

    /// <summary>The address that the certificate's authority writes to; none when unset.</summary>
    public string? Email { get; init; }

    /// <summary>The port for plain HTTP, which only redirects. Defaults to 80, or 8080 for a local name.</summary>
    public int? HttpPort { get; init; }

    /// <summary>The port for HTTPS. Defaults to 443, or 8443 for a local name.</summary>
    public int? HttpsPort { get; init; }

    /// <summary>The largest body of a request. Defaults to 10 MiB.</summary>
    public Size MaxBody { get; init; } = Size.MiB(10);

    /// <summary>Paths that it does not pass on, with all below them. Defaults to <c>/metrics</c>.</summary>
    public ImmutableArray<string> Hidden { get; init; } = ["/metrics"];

    /// <summary>The image.</summary>
    public PinnedImage Image { get; init; } = Images.Caddy;

    /// <summary>The networks it is on; the upstream must be on one of them.</summary>
    public ImmutableArray<NetworkAttachment> Networks { get; init; } = [Network.Default];

    /// <summary>The most memory it may use. Defaults to 256 MiB.</summary>
    public Size Memory { get; init; } = Size.MiB(256);

    /// <summary>The memory kept for it; none when unset.</summary>
    public Size? ReservedMemory { get; init; }

    /// <summary>The most processor time it may use. Defaults to 1 core.</summary>
    public Cpu Cpus { get; init; } = Cpu.Cores(1);

    /// <summary>Whether only this machine uses the name.</summary>
    public bool IsLocal => Endpoint.IsLocal(Domain);

    /// <summary>The published port for plain HTTP.</summary>
    public int PublishedHttp => HttpPort ?? (IsLocal ? 8080 : 80);

    /// <summary>The published port for HTTPS.</summary>
    public int PublishedHttps => HttpsPort ?? (IsLocal ? 8443 : 443);
}

/// <summary>Caddy in front of the application: TLS, security headers, bounds on requests, and no pause while what is behind it is replaced.</summary>
public sealed class Proxy(string name, ProxyArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Proxy";

    /// <summary>The port it listens on for plain HTTP.</summary>
    public const int HttpPort = ProxyConfiguration.HttpPort;

    /// <summary>The port it listens on for HTTPS.</summary>
    public const int HttpsPort = ProxyConfiguration.HttpsPort;

    // The published image's own /data belongs to root. This folder belongs to everybody in both images, and a new volume takes
    // that over from it.
    private const string Data = "/var/tmp";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, ProxyArgs args)
    {
        var upstream = args.Upstream ?? throw new ArgumentException($"'{name}' has nothing to pass requests on to. Set Upstream.");
        var configuration = new ProxyConfiguration(upstream, args.Domain)
        {
            PublishedHttps = args.PublishedHttps,
            MaxBody = args.MaxBody,
            Hidden = args.Hidden,
            Email = args.Email,
        };
        return CaddyService.Describe(Kind, name, args.Image, configuration.Write(), ProxyConfiguration.HealthAddress) with
        {
            Environment = Variables.From(("XDG_DATA_HOME", Data), ("XDG_CONFIG_HOME", "/tmp")),
            Ports = [Published(HttpPort, args.PublishedHttp, args), Published(HttpsPort, args.PublishedHttps, args)],
            Mounts = [new VolumeMount(new Volume(name) { LeftOut = "certificates are issued again" }, Data), new TmpfsMount("/tmp", Size.MiB(16))],
            StatePaths = [Data],
            Networks = args.Networks,
            // The first start then has a server to pass requests on to.
            WaitsFor = [upstream.AsWait()],
            Memory = args.Memory,
            ReservedMemory = args.ReservedMemory,
            Cpus = args.Cpus,
            StopGrace = ProxyConfiguration.Grace + TimeSpan.FromSeconds(10),
            User = "10001:10001",
            Upstreams = [new Upstream("/", upstream.Name)],
            Routes = [new UpstreamLines(upstream).Route],
            Endpoint = new Endpoint("https", args.Domain, HttpsPort),
        };
    }

    // A name that others look up is there for others; a local one for this machine.
    private static Port Published(int container, int host, ProxyArgs args)
        => new(container, host) { Address = args.IsLocal ? Port.Loopback : "0.0.0.0" };
}
