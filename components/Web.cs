using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Web"/> needs to know.</summary>
public sealed record WebArgs : AppArgs
{
    /// <summary>How many containers run it side by side; one, under a name of its own, when unset.</summary>
    public int? Replicas { get; init; }

    /// <summary>The server's command, in exec form, listening on <see cref="ContainerPort"/> of every address.</summary>
    public required ImmutableArray<string> Command { get; init; }

    /// <summary>The port it listens on. Defaults to 8000.</summary>
    public int ContainerPort { get; init; } = 8000;

    /// <summary>The port on 127.0.0.1; not published when unset.</summary>
    public int? Port { get; init; }

    /// <summary>
    /// Whether a proxy of the stack is in front of it. Defaults to no.
    /// What the proxy says of the client is believed then, and a new container starts before the old one ends.
    /// </summary>
    public bool IsBehindProxy { get; init; }

    /// <summary>The path that answers 200 when it can do its work. Defaults to <c>/ready</c>.</summary>
    public string HealthPath { get; init; } = "/ready";

    /// <summary>What asks it there. Defaults to a bare socket.</summary>
    public HttpProbeKind Probe { get; init; }

    /// <summary>The path of its metrics; none when unset.</summary>
    public string? MetricsPath { get; init; }
}

/// <summary>The application's HTTP server, healthy when its health path answers 200.</summary>
public sealed class Web(string name, WebArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Web";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, WebArgs args)
    {
        var spec = AppService.Describe(Kind, name, ServiceRole.Web, args, args.Command);
        return spec with
        {
            // Read by uvicorn and gunicorn. Only the stack's own services reach it, and among them the proxy passes requests on.
            Environment = args.IsBehindProxy ? Variables.From(("FORWARDED_ALLOW_IPS", "*")).SetItems(spec.Environment) : spec.Environment,
            Replacement = args.IsBehindProxy ? Replacement.StartFirst : Replacement.StopFirst,
            Replicas = args.Replicas,
            Ports = args.Port is { } port ? [new Port(args.ContainerPort, port)] : [],
            Health = HttpProbe.Get(args.ContainerPort, args.HealthPath, args.Probe).At(args.Timing),
            StopGrace = TimeSpan.FromSeconds(30),
            Endpoint = new Endpoint("http", name, args.ContainerPort) { HealthPath = args.HealthPath },
            Metrics = args.MetricsPath is { } metrics ? [new MetricsEndpoint(args.ContainerPort, metrics)] : [],
        };
    }
}
