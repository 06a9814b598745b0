using System.Collections.Immutable;
using Infra.Components.Proxies;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

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

    private const string Data = ProxyConfiguration.Data;

    private const string OnlyMaintenance = "it says which sites are in maintenance, and nothing else";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, ProxyArgs args)
    {
        if (args.Sites.IsEmpty) throw new ArgumentException($"'{name}' answers to no name. Set Sites, or Services to the one behind it.");
        var configuration = new ProxyConfiguration(args);
        var file = new ServiceFile("Caddyfile", configuration.Write());
        ImmutableArray<string> command = ["caddy", "run", "--config", file.Path, "--adapter", "caddyfile"];
        ImmutableArray<ServiceSpec> behind = [.. args.Services.Where(service => args.Leads(service.Name))];
        return new ServiceSpec(Kind, name)
        {
            Role = ServiceRole.Proxy,
            Image = args.Image,
            Command = Passwords.Around(command, configuration.Passwords),
            Files = [file, .. Files(args, configuration)],
            Health = HealthCheck.Exec("wget", "-q", "-O", "/dev/null", ProxyConfiguration.HealthAddress),
            Pids = 256,
            // Not used: but the published image's program carries it, and without it in the bounding set the kernel refuses to execute that.
            Capabilities = Capabilities.Only("NET_BIND_SERVICE"),
            ReadOnly = true,
            Environment = Variables.From(("XDG_DATA_HOME", Data), ("XDG_CONFIG_HOME", "/tmp")),
            Ports =
            [
                Published(HttpPort, args.PublishedHttp, args),
                .. args.IsEncrypted ? [Published(HttpsPort, args.PublishedHttps, args)] : ImmutableArray<Port>.Empty,
            ],
            Mounts =
            [
                new VolumeMount(new Volume(name) { LeftOut = args.IsEncrypted ? "certificates are issued again" : OnlyMaintenance }, Data),
                new TmpfsMount("/tmp", Size.MiB(16)),
                .. Sites(args).OfType<FilesRoute>().DistinctBy(route => route.Volume.Name)
                    .Select(route => new VolumeMount(route.Volume, route.Mounted, ReadOnly: true)),
            ],
            StatePaths = [Data],
            Networks = args.Networks,
            // The first start then has a server to pass requests on to.
            WaitsFor = [.. behind.Concat(args.After).Select(service => service.AsWait()).Distinct()],
            Memory = args.Memory,
            ReservedMemory = args.ReservedMemory,
            Cpus = args.Cpus,
            StopGrace = ProxyConfiguration.Grace + TimeSpan.FromSeconds(10),
            User = "10001:10001",
            Upstreams = [.. args.Sites.SelectMany(site => site.Routes.Select(route => SiteUpstreams.For(site, route, args)))],
            Routes = [.. behind.Select(service => new UpstreamLines(service).Route with { Drain = args.Drain })],
            Endpoint = SiteUpstreams.EndpointOf(args.Sites[0]),
        };
    }

    private static IEnumerable<SiteRoute> Sites(ProxyArgs args) => args.Sites.SelectMany(site => site.Routes);

    private static IEnumerable<ServiceFile> Files(ProxyArgs args, ProxyConfiguration configuration) =>
    [
        .. args.Sites.Select(site => site.Certificate).OfType<OwnCertificate>()
            .SelectMany(own => new[] { own.Certificate, own.Key }).Distinct()
            .Select(secret => new ServiceFile(secret.Name, secret.In(SecretForm.Bytes))),
        .. Passwords.Files(configuration.Passwords),
        .. ProxyConfiguration.AcmeRoot(args) is { } root ? [root] : ImmutableArray<ServiceFile>.Empty,
    ];

    // A name that others look up is there for others; a local one for this machine.
    private static Port Published(int container, int host, ProxyArgs args)
        => new(container, host) { Address = args.IsLocal ? Port.Loopback : "0.0.0.0" };
}
