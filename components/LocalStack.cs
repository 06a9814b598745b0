using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="LocalStack"/> needs to know.</summary>
public sealed record LocalStackArgs
{
    /// <summary>The services of AWS that it plays: <c>sns</c>, <c>sqs</c>.</summary>
    public ImmutableArray<string> Services { get; init; } = [];

    /// <summary>The image.</summary>
    public PinnedImage Image { get; init; } = Images.LocalStack;

    /// <summary>The port on 127.0.0.1; not published when unset.</summary>
    public int? Port { get; init; }

    /// <summary>The most memory it may use. Defaults to 1 GiB.</summary>
    public Size Memory { get; init; } = Size.GiB(1);

    /// <summary>The most processor time it may use. Defaults to 1 core.</summary>
    public Cpu Cpus { get; init; } = Cpu.Cores(1);
}

/// <summary>LocalStack: services of AWS for development, which forget everything when they stop.</summary>
public sealed class LocalStack(string name, LocalStackArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:LocalStack";

    /// <summary>The one port of all its services.</summary>
    public const int Port = 4566;

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, LocalStackArgs args) => new(Kind, name)
    {
        Image = args.Image,
        // Only what is asked for is there: a call to another service fails instead of half working.
        Environment = Variables.From(("SERVICES", string.Join(',', args.Services)), ("STRICT_SERVICE_LOADING", "1")),
        Ports = args.Port is { } port ? [new Port(Port, port)] : [],
        Mounts = [new TmpfsMount("/var/lib/localstack", Size.MiB(256)), new TmpfsMount("/tmp", Size.MiB(256))],
        Health = HttpProbe.Get(Port, "/_localstack/health"),
        Memory = args.Memory,
        Cpus = args.Cpus,
        Pids = 512,
        Capabilities = Capabilities.Only(),
        Endpoint = new Endpoint("http", name, Port),
    };
}
