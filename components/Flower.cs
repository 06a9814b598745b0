using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Flower"/> needs to know.</summary>
public sealed record FlowerArgs : AppArgs
{
    /// <summary>The Celery application: <c>shop.celery_app</c>.</summary>
    public required string App { get; init; }

    /// <summary>The port on 127.0.0.1; not published when unset.</summary>
    public int? Port { get; init; }

    /// <summary>What asks for its health. Defaults to a bare socket.</summary>
    public HttpProbeKind Probe { get; init; }

    /// <summary>Replaces the whole command.</summary>
    public ImmutableArray<string> Command { get; init; } = [];
}

/// <summary>Flower, Celery's dashboard, from the application's image (which must have the package <c>flower</c>).</summary>
public sealed class Flower(string name, FlowerArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Flower";

    /// <summary>The port it listens on.</summary>
    public const int Port = 5555;

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, FlowerArgs args) =>
        AppService.Describe(
            Kind,
            name,
            ServiceRole.Monitoring,
            args,
            args.Command.IsEmpty ? ["celery", "-A", args.App, "flower", $"--port={Port}"] : args.Command
        ) with
        {
            Ports = args.Port is { } port ? [new Port(Port, port)] : [],
            Health = HttpProbe.Get(Port, "/healthcheck", args.Probe, "127.0.0.1").At(args.Timing),
            Endpoint = new Endpoint("http", name, Port),
        };
}
