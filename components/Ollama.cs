using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Ollama"/> needs to know.</summary>
public sealed record OllamaArgs
{
    /// <summary>The image.</summary>
    public PinnedImage Image { get; init; } = Images.Ollama;

    /// <summary>The port on 127.0.0.1; not published when unset.</summary>
    public int? Port { get; init; }

    /// <summary>The most memory it may use, models included. Defaults to 8 GiB.</summary>
    public Size Memory { get; init; } = Size.GiB(8);

    /// <summary>The most processor time it may use. Defaults to 2 cores: an engine on a machine with fewer refuses to start it.</summary>
    public Cpu Cpus { get; init; } = Cpu.Cores(2);
}

/// <summary>Ollama, whose models lie on a volume of its own; healthy when its API answers.</summary>
public sealed class Ollama(string name, OllamaArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Ollama";

    /// <summary>The port it listens on.</summary>
    public const int Port = 11434;

    private const string Models = "/root/.ollama";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, OllamaArgs args) => new(Kind, name)
    {
        Image = args.Image,
        Ports = args.Port is { } port ? [new Port(Port, port)] : [],
        Mounts = [new VolumeMount(new Volume(name) { LeftOut = "models are pulled again" }, Models), new TmpfsMount("/tmp", Size.MiB(64))],
        StatePaths = [Models],
        // Its own client: the image has neither curl nor Python.
        Health = HealthCheck.Exec("ollama", "list"),
        Memory = args.Memory,
        Cpus = args.Cpus,
        Pids = 512,
        StopGrace = TimeSpan.FromSeconds(30),
        Capabilities = Capabilities.Only(),
        Endpoint = new Endpoint("http", name, Port),
    };
}
