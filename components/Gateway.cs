using System.Collections.Immutable;
using System.Globalization;
using Infra.Components.Parts;
using Infra.Components.Proxies;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Gateway"/> needs to know.</summary>
public sealed record GatewayArgs
{
    /// <summary>The services behind it, each with the path that leads to it.</summary>
    public ImmutableArray<GatewayRoute> Routes { get; init; } = [];

    /// <summary>The image.</summary>
    public PinnedImage Image { get; init; } = Images.Caddy;

    /// <summary>The port on 127.0.0.1; not published when unset.</summary>
    public int? Port { get; init; }

    /// <summary>Whether a proxy of the stack is in front of it: what the proxy says of the client is passed on. Defaults to no.</summary>
    public bool IsBehindProxy { get; init; }

    /// <summary>The largest body it passes on. Defaults to 32 MiB.</summary>
    public Size Body { get; init; } = Size.MiB(32);

    /// <summary>The most memory it may use. Defaults to 128 MiB.</summary>
    public Size Memory { get; init; } = Size.MiB(128);

    /// <summary>The most processor time it may use. Defaults to half a core.</summary>
    public Cpu Cpus { get; init; } = Cpu.Cores(0.5m);
}

/// <summary>A path of the gateway and the service that answers below it, which does not see the path.</summary>
/// <param name="Path">The path: <c>/auth</c>.</param>
/// <param name="Service">The service.</param>
public sealed record GatewayRoute(string Path, ServiceSpec Service);

/// <summary>One HTTP address in front of several services (Caddy), WebSockets included; <c>/health</c> is its own.</summary>
public sealed class Gateway(string name, GatewayArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Gateway";

    /// <summary>The port it listens on.</summary>
    public const int Port = 8080;

    private const string HealthPath = "/health";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, GatewayArgs args) =>
        CaddyService.Describe(Kind, name, args.Image, Configuration(args), $"http://127.0.0.1:{Port}{HealthPath}") with
        {
            Ports = args.Port is { } port ? [new Port(Port, port)] : [],
            Mounts = [new TmpfsMount("/config", Size.MiB(8)), new TmpfsMount("/data", Size.MiB(8)), new TmpfsMount("/tmp", Size.MiB(64))],
            WaitsFor = [.. args.Routes.Select(route => route.Service.AsWait()).Distinct()],
            Memory = args.Memory,
            Cpus = args.Cpus,
            User = "65534:65534",
            Upstreams = [.. args.Routes.Select(route => new Upstream(route.Path, route.Service.Name))],
            Endpoint = new Endpoint("http", name, Port) { HealthPath = HealthPath },
        };

    private static string Configuration(GatewayArgs args) =>
        Caddyfile.Write(
            new("", ["admin off", "auto_https off"]),
            new($":{Port}",
            [
                Caddyfile.MaxBody(args.Body),
                $"respond {HealthPath} 200",
                .. args.Routes.SelectMany(route => Lines(route, args.IsBehindProxy)),
                $"respond {Caddyfile.Quoted("No service answers here.")} 404",
            ])
        );

    private static ImmutableArray<CaddyLine> Lines(GatewayRoute route, bool isBehindProxy) =>
    [
        $"redir {Caddyfile.Word(route.Path)} {Caddyfile.Word(route.Path + "/")} 308",
        new($"handle_path {Caddyfile.Word(route.Path + "/*")}",
        [
            .. Hidden(route),
            // Only the stack's own services reach it, and among them the proxy passes requests on.
            new($"reverse_proxy {Address(route)}", Caddyfile.When(isBehindProxy, "trusted_proxies private_ranges")),
        ]),
    ];

    // Metrics are for the stack's own Prometheus, which asks the service itself.
    private static IEnumerable<CaddyLine> Hidden(GatewayRoute route) =>
        from metrics in route.Service.Metrics
        from path in Caddyfile.Below(metrics.Path.Split('?')[0])
        select (CaddyLine)$"respond {path} 404";

    private static string Address(GatewayRoute route) => route.Service.Endpoint is { } endpoint
        ? string.Create(CultureInfo.InvariantCulture, $"{endpoint.Host}:{endpoint.Port}")
        : throw new ArgumentException($"'{route.Service.Name}' offers no address, so {route.Path} cannot lead to it.");
}
