using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Chroma"/> needs to know.</summary>
public sealed record ChromaArgs
{
    /// <summary>The image.</summary>
    public PinnedImage Image { get; init; } = Images.Chroma;

    /// <summary>The port on 127.0.0.1; not published when unset.</summary>
    public int? Port { get; init; }

    /// <summary>The most memory it may use. Defaults to 1 GiB.</summary>
    public Size Memory { get; init; } = Size.GiB(1);

    /// <summary>The most processor time it may use. Defaults to 1 core.</summary>
    public Cpu Cpus { get; init; } = Cpu.Cores(1);
}

/// <summary>Chroma, the vector store, with a volume of its own; healthy when its heartbeat answers.</summary>
public sealed class Chroma(string name, ChromaArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Chroma";

    /// <summary>The port it listens on.</summary>
    public const int Port = 8000;

    private const string Data = "/data";

    // The image has bash, and since version 1 neither Python nor curl.
    private static readonly string Probe =
        $"exec 3<>/dev/tcp/127.0.0.1/{Port} && "
        + "printf 'GET /api/v2/heartbeat HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, ChromaArgs args) => new(Kind, name)
    {
        Role = ServiceRole.Database,
        Image = args.Image,
        Environment = Variables.From(("ANONYMIZED_TELEMETRY", "FALSE")),
        Ports = args.Port is { } port ? [new Port(Port, port)] : [],
        Mounts = [new VolumeMount(new Volume(name), Data), new TmpfsMount("/tmp", Size.MiB(64))],
        StatePaths = [Data],
        Health = HealthCheck.Exec("bash", "-c", Probe),
        Memory = args.Memory,
        Cpus = args.Cpus,
        Pids = 256,
        StopGrace = TimeSpan.FromSeconds(30),
        Capabilities = Capabilities.Only(),
        Endpoint = new Endpoint("http", name, Port),
    };
}
