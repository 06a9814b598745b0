using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>One service, as data. What is not here cannot be written to Compose, drawn or checked.</summary>
/// <param name="Kind">The type token of its component, a literal: <c>infra:components:Postgres</c>.</param>
/// <param name="Name">Its name in the stack and on its networks.</param>
public sealed record ServiceSpec(string Kind, string Name)
{
    /// <summary>What it does in the application.</summary>
    public ServiceRole Role { get; init; }

    /// <summary>What it is started from.</summary>
    public required Image Image { get; init; }

    /// <summary>Replaces the image's entrypoint; kept when empty.</summary>
    public ImmutableArray<string> Entrypoint { get; init; } = [];

    /// <summary>Replaces the image's command, in exec form; kept when empty.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>The working directory; the image's when unset.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The container's host name; the engine's choice when unset.</summary>
    public string? Hostname { get; init; }

    /// <summary>The container's physical name; the stack's prefix and the service's name when unset.</summary>
    public string? ContainerName { get; init; }

    /// <summary>Environment variables.</summary>
    public ImmutableSortedDictionary<string, Template> Environment { get; init; } = Variables.None;

    /// <summary>Variables and build arguments that look like a credential to a rule, and are known to be none.</summary>
    public ImmutableArray<string> Public { get; init; } = [];

    /// <summary>Files that the target puts into the container.</summary>
    public ImmutableArray<ServiceFile> Files { get; init; } = [];

    /// <summary>Published ports.</summary>
    public ImmutableArray<Port> Ports { get; init; } = [];

    /// <summary>Volumes, host folders and memory in its file system.</summary>
    public ImmutableArray<Mount> Mounts { get; init; } = [];

    /// <summary>Paths whose content must outlive the container.</summary>
    public ImmutableArray<string> StatePaths { get; init; } = [];

    /// <summary>The networks it is on; at least one.</summary>
    public ImmutableArray<NetworkAttachment> Networks { get; init; } = [Network.Default];

    /// <summary>Its probe.</summary>
    public HealthCheck? Health { get; init; }

    /// <summary>What must have come how far before it starts.</summary>
    public ImmutableArray<Wait> WaitsFor { get; init; } = [];

    /// <summary>The most memory it may use, swap included.</summary>
    public Size? Memory { get; init; }

    /// <summary>The most processor time it may use.</summary>
    public Cpu? Cpus { get; init; }

    /// <summary>The most processes and threads it may have.</summary>
    public int? Pids { get; init; }

    /// <summary>The size of <c>/dev/shm</c>; 64 MiB with most engines when unset.</summary>
    public Size? SharedMemory { get; init; }

    /// <summary>The memory kept for it when memory is short.</summary>
    public Size? ReservedMemory { get; init; }

    /// <summary>The processor time that a scheduler sets aside for it.</summary>
    public Cpu? ReservedCpus { get; init; }

    /// <summary>The kernel's limits on its processes, by their names (<c>nofile</c>); the engine's when empty.</summary>
    public ImmutableSortedDictionary<string, Ulimit> Ulimits { get; init; } =
        ImmutableSortedDictionary.Create<string, Ulimit>(StringComparer.Ordinal);

    /// <summary>Devices of the host that it may use. Defaults to none.</summary>
    public ImmutableArray<Device> Devices { get; init; } = [];

    /// <summary>Graphics processors that it may use. Defaults to none.</summary>
    public Gpus? Gpus { get; init; }

    /// <summary>Further names in its <c>/etc/hosts</c>, with an address each, or <c>host-gateway</c>.</summary>
    public ImmutableSortedDictionary<string, string> ExtraHosts { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The name servers that it asks for what is no service; the engine's when empty.</summary>
    public ImmutableArray<string> Dns { get; init; } = [];

    /// <summary>Parameters of the kernel that are its own; the engine's when empty.</summary>
    public ImmutableSortedDictionary<string, string> Sysctls { get; init; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    /// <summary>The platform that it runs on (<c>linux/amd64</c>); the engine's own when unset.</summary>
    public string? Platform { get; init; }

    /// <summary>When it is started again. Defaults to unless stopped.</summary>
    public RestartPolicy Restart { get; init; } = RestartPolicy.UnlessStopped;

    /// <summary>In which order a changed one takes its place. Defaults to stop first.</summary>
    public Replacement Replacement { get; init; }

    /// <summary>How many containers run it side by side; one, under a name of its own, when unset.</summary>
    public int? Replicas { get; init; }

    /// <summary>The services that it passes requests on to, each below a path.</summary>
    public ImmutableArray<Upstream> Upstreams { get; init; } = [];

    /// <summary>The services behind it, where it can be switched between their containers.</summary>
    public ImmutableArray<Route> Routes { get; init; } = [];

    /// <summary>The signal that asks it to stop; the image's, or SIGTERM, when unset.</summary>
    public string? StopSignal { get; init; }

    /// <summary>How long it may take to stop before it is killed. Defaults to 10 s.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Where its log goes. Defaults to 3 files of 10 MiB.</summary>
    public Logging? Logging { get; init; } = Logging.Default;

    /// <summary>The user (and group) it runs as; the image's when unset.</summary>
    public string? User { get; init; }

    /// <summary>Its Linux capabilities; the engine's default set when unset.</summary>
    public Capabilities? Capabilities { get; init; }

    /// <summary>Whether a process may gain privileges through set-user-id programs. Defaults to no.</summary>
    public bool NoNewPrivileges { get; init; } = true;

    /// <summary>Whether its root file system is read-only. Defaults to no.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether a small init runs as PID 1, for programs that leave zombies. Defaults to no.</summary>
    public bool Init { get; init; }

    /// <summary>Rules of watch mode.</summary>
    public ImmutableArray<WatchRule> Watch { get; init; } = [];

    /// <summary>Labels of the container, besides the stack's own.</summary>
    public ImmutableSortedDictionary<string, string> Labels { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>How others reach it, if they do.</summary>
    public Endpoint? Endpoint { get; init; }

    /// <summary>The stores that it is led to and that run elsewhere.</summary>
    public ImmutableArray<External> Externals { get; init; } = [];

    /// <summary>What Prometheus scrapes of it.</summary>
    public ImmutableArray<MetricsEndpoint> Metrics { get; init; } = [];

    /// <summary>How its data are backed up; not at all when unset.</summary>
    public ServiceBackup? Backup { get; init; }

    /// <summary>How its password is changed while it runs; not at all when unset.</summary>
    public PasswordChange? PasswordChange { get; init; }

    /// <summary>
    /// The arguments before the paths of its volumes, of a command that root runs in its image before the service starts, without a capability:
    /// an engine gives a fresh volume to root, and this lets others write to it. None when empty.
    /// </summary>
    public ImmutableArray<string> VolumeOpener { get; init; } = [];

    /// <summary>The volumes that the service wants to write to and an engine would give to root.</summary>
    public IEnumerable<VolumeMount> VolumesToOpen() => VolumeOpener.IsEmpty ? [] : Mounts.OfType<VolumeMount>().Where(mount => !mount.ReadOnly);

    /// <summary>The prefix of every command in its image that needs the service's own variables; none when empty.</summary>
    public ImmutableArray<string> CommandPrefix { get; init; } = [];

    /// <summary>A command with that prefix, so that it has the same variables as the service.</summary>
    public ImmutableArray<string> WithPrefix(IEnumerable<string> command) => [.. CommandPrefix, .. command];

    /// <summary>The same service, as something that is waited for.</summary>
    public Wait AsWait() => new(Name, IsStep() ? WaitCondition.Completed : Health is null ? WaitCondition.Started : WaitCondition.Healthy);

    /// <summary>How many containers it has when it is up.</summary>
    public int Containers() => Replicas ?? 1;

    /// <summary>Its name, and how many of it there are where that is more than one: <c>web ×3</c>.</summary>
    public string Title() => Containers() == 1 ? Name : FormattableString.Invariant($"{Name} ×{Containers()}");

    /// <summary>
    /// Whether there can be more of it without changing those that run: nothing of it is there only once.
    /// Names and addresses of such a service are the same with one container and with many.
    /// </summary>
    public bool IsScalable() => (Replicas is not null || Replacement == Replacement.StartFirst)
        && Ports.IsEmpty && ContainerName is null && StatePaths.IsEmpty && !IsStep();

    /// <summary>Whether it is a step that ends, and is waited for until it has.</summary>
    public bool IsStep() => Restart.Mode == RestartMode.No;

    /// <summary>Whether it serves with the application's own code, again and again: a step with that code has ended when the rest starts.</summary>
    public bool IsApplication() => Role is ServiceRole.Web or ServiceRole.Worker or ServiceRole.Beat;
}
