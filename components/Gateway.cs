using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Gateway"/> needs to know.</summary>
public sealed record GatewayArgs
{
    /// <summary>The services behind it, each with the path that leads to it.</summary>
    public required ImmutableArray<GatewayRoute> Routes { get; init; }

    /// <summary>The image.</summary>
    public PinnedImage Image { get; init; } = Images.Caddy;

    /// <summary>The port on 127.0.0.1; not published when unset.</summary>
    public int? Port { get; init; }

    /// <summary>Whether a proxy of the stack's own stands before it: what the proxy says of the client is passed on. Defaults to no.</summary>
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

    // Only the stack's own services reach it, and among them the proxy passes requests on.
    private const string Trusted = " {\n\t\t\ttrusted_proxies private_ranges\n\t\t}";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, GatewayArgs args)
    {
        var configuration = new ServiceFile("Caddyfile", Configuration(args));
        return new ServiceSpec(Kind, name)
        {
            Role = ServiceRole.Proxy,
            Image = args.Image,
            Command = ["caddy", "run", "--config", configuration.Path, "--adapter", "caddyfile"],
            Files = [configuration],
            Ports = args.Port is { } port ? [new Port(Port, port)] : [],
            Mounts = [new TmpfsMount("/config", Size.MiB(8)), new TmpfsMount("/data", Size.MiB(8)), new TmpfsMount("/tmp", Size.MiB(64))],
            Health = HealthCheck.Exec("wget", "-q", "-O", "/dev/null", $"http://127.0.0.1:{Port}{HealthPath}"),
            WaitsFor = [.. args.Routes.Select(route => route.Service.AsWait()).Distinct()],
            Memory = args.Memory,
            Cpus = args.Cpus,
            Pids = 256,
            User = "65534:65534",
            // The image's program carries this capability, and does not start where it may not have it.
            Capabilities = Capabilities.Only("NET_BIND_SERVICE"),
            ReadOnly = true,
            Upstreams = [.. args.Routes.Select(route => new Upstream(route.Path, route.Service.Name))],
            Endpoint = new Endpoint("http", name, Port) { HealthPath = HealthPath },
        };
    }

    private static string Configuration(GatewayArgs args)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $$"""
            {
            	admin off
            	auto_https off
            }
            :{{Port}} {
            	request_body {
            		max_size {{args.Body.Bytes}}
            	}
            	respond {{HealthPath}} 200

            """);
        foreach (var route in args.Routes)
        {
            text.Append(CultureInfo.InvariantCulture, $"\tredir {route.Path} {route.Path}/ 308\n");
            text.Append(
                CultureInfo.InvariantCulture,
                $"\thandle_path {route.Path}/* {{\n{Hidden(route)}\t\treverse_proxy {Address(route)}{(args.IsBehindProxy ? Trusted : "")}\n\t}}\n"
            );
        }

        return text.Append("\trespond \"No service answers here.\" 404\n}\n").ToString();
    }

    // Metrics are for the stack's own Prometheus, which asks the service itself.
    private static string Hidden(GatewayRoute route) =>
        string.Concat(
            route.Service.Metrics.Select(metrics => metrics.Path.Split('?')[0]).Select(path => $"\t\trespond {path} 404\n\t\trespond {path}/* 404\n")
        );

    private static string Address(GatewayRoute route) => route.Service.Endpoint is { } endpoint
        ? string.Create(CultureInfo.InvariantCulture, $"{endpoint.Host}:{endpoint.Port}")
        : throw new ArgumentException($"'{route.Service.Name}' offers no address, so {route.Path} cannot lead to it.");
}
