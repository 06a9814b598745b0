using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Components.Parts;

/// <summary>How secrets reach the application's process.</summary>
public enum SecretDelivery
{
    /// <summary>As files, named by <c>VARIABLE_FILE</c>: nothing but the process that reads them has them.</summary>
    File,

    /// <summary>As variables, exported from the files by the process that becomes the application: for one that reads no <c>_FILE</c>.</summary>
    Export,
}

/// <summary>What every service of the application's image needs to know.</summary>
public abstract record AppArgs
{
    /// <summary>The application's image.</summary>
    public required Image Image { get; init; }

    /// <summary>The services that it uses: their URLs, secrets and waits.</summary>
    public ImmutableArray<Connection> Needs { get; init; } = [];

    /// <summary>Services that must be healthy first without being used by URL.</summary>
    public ImmutableArray<ServiceSpec> After { get; init; } = [];

    /// <summary>Stores that it is led to and that run elsewhere.</summary>
    public ImmutableArray<External> Externals { get; init; } = [];

    /// <summary>Plain variables.</summary>
    public ImmutableSortedDictionary<string, Template> Environment { get; init; } = Variables.None;

    /// <summary>Secrets of the application's own, by the variable it looks for.</summary>
    public ImmutableSortedDictionary<string, Secret> Secrets { get; init; } =
        ImmutableSortedDictionary.Create<string, Secret>(StringComparer.Ordinal);

    /// <summary>Variables and build arguments that look like a credential and are none.</summary>
    public ImmutableArray<string> Public { get; init; } = [];

    /// <summary>How secrets reach the process. Defaults to files.</summary>
    public SecretDelivery Delivery { get; init; }

    /// <summary>The image's own entrypoint, where it is known to have one: secrets that are exported are there for it too.</summary>
    public ImmutableArray<string> Entrypoint { get; init; } = [];

    /// <summary>Whether <see cref="Entrypoint"/> takes the place of the image's own. Defaults to no.</summary>
    public bool IsEntrypointReplaced { get; init; }

    /// <summary>The image's own command, where it is known: what exports secrets takes its place, and must run it.</summary>
    public ImmutableArray<string> ImageCommand { get; init; } = [];

    /// <summary>Files besides those that hold its secrets.</summary>
    public ImmutableArray<ServiceFile> Files { get; init; } = [];

    /// <summary>Whether its image has a shell, which a distroless one has not. Defaults to yes.</summary>
    public bool HasShell { get; init; } = true;

    /// <summary>The code that it reloads; none outside development.</summary>
    public Reload? Reload { get; init; }

    /// <summary>A command that must succeed before the service's own starts, each time: migrations.</summary>
    public ImmutableArray<string> First { get; init; } = [];

    /// <summary>What it waits for by itself before it starts, beside the engine's waits; nothing when unset.</summary>
    public StartupWaits? StartupWaits { get; init; }

    /// <summary>How often and how patiently it is probed; its probe's own way when unset.</summary>
    public ProbeTiming? Timing { get; init; }

    /// <summary>Volumes and folders besides those the service brings.</summary>
    public ImmutableArray<Mount> Mounts { get; init; } = [];

    /// <summary>Whether its root file system is read-only; <c>/tmp</c> stays writable. Defaults to no.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The size of its <c>/tmp</c>, where uploads lie while they are read. Defaults to 64 MiB.</summary>
    public Size Temporary { get; init; } = Size.MiB(64);

    /// <summary>The networks it is on.</summary>
    public ImmutableArray<NetworkAttachment> Networks { get; init; } = [Network.Default];

    /// <summary>The most memory it may use. Defaults to 512 MiB.</summary>
    public Size Memory { get; init; } = Size.MiB(512);

    /// <summary>The memory kept for it when memory is short; none when unset.</summary>
    public Size? ReservedMemory { get; init; }

    /// <summary>The most processor time it may use. Defaults to 1 core.</summary>
    public Cpu Cpus { get; init; } = Cpu.Cores(1);

    /// <summary>The processor time that a scheduler sets aside for it; none when unset.</summary>
    public Cpu? ReservedCpus { get; init; }

    // What Python does in a container: it writes its lines as they come, and no byte code beside the source.
    internal virtual ImmutableSortedDictionary<string, Template> Usual =>
        Variables.From(("PYTHONUNBUFFERED", "1"), ("PYTHONDONTWRITEBYTECODE", "1"));
}
