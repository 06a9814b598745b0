using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>What any service can be told, whatever its kind; what is unset stays as its component has it.</summary>
public sealed record RuntimeSettings
{
    /// <summary>What it waits for besides what it mentions.</summary>
    public required ImmutableSortedDictionary<string, Awaited> After { get; init; }

    public required ImmutableArray<Port> Ports { get; init; }

    public required ImmutableArray<BindMount> Folders { get; init; }

    public required Size? ReservedMemory { get; init; }

    public required Cpu? ReservedCpus { get; init; }

    public required Size? SharedMemory { get; init; }

    public required Size? Temporary { get; init; }

    public required int? Pids { get; init; }

    public required ImmutableSortedDictionary<string, TmpfsMount> Tmpfs { get; init; }

    public required ImmutableSortedDictionary<string, Ulimit> Ulimits { get; init; }

    public required ImmutableArray<Device> Devices { get; init; }

    public required Gpus? Gpus { get; init; }

    public required ImmutableSortedDictionary<string, string> ExtraHosts { get; init; }

    public required ImmutableArray<string> Dns { get; init; }

    public required ImmutableSortedDictionary<string, string> Sysctls { get; init; }

    public required string? Platform { get; init; }

    public required string? TimeZone { get; init; }

    /// <summary>Networks that it is on besides those of its stack.</summary>
    public required ImmutableArray<Network> Networks { get; init; }

    /// <summary>Where its log goes, where that is not where every service's does.</summary>
    public required Logging? Logging { get; init; }

    public required RestartPolicy? Restart { get; init; }

    public required string? WorkingDirectory { get; init; }

    public required string? User { get; init; }

    public required ImmutableArray<string>? Capabilities { get; init; }

    public required bool? ReadOnly { get; init; }

    public required bool? Init { get; init; }

    public required string? StopSignal { get; init; }

    public required TimeSpan? Grace { get; init; }

    public required ImmutableSortedDictionary<string, string> Labels { get; init; }

    public required ProbeSettings Probe { get; init; }

    /// <summary>The service with it.</summary>
    public ServiceSpec On(ServiceSpec service) => service with
    {
        Ports = [.. service.Ports, .. Ports],
        Mounts = [.. Mounts(service)],
        // What runs to its end has no state of its own: it only works on another's.
        StatePaths = Restart?.Mode == RestartMode.No ? [] : service.StatePaths,
        ReservedMemory = ReservedMemory ?? service.ReservedMemory,
        ReservedCpus = ReservedCpus ?? service.ReservedCpus,
        SharedMemory = SharedMemory ?? service.SharedMemory,
        Pids = Pids ?? service.Pids,
        Restart = Restart ?? service.Restart,
        WorkingDirectory = WorkingDirectory ?? service.WorkingDirectory,
        User = User ?? service.User,
        Capabilities = Capabilities is { } needed ? Model.Capabilities.Only([.. needed]) : service.Capabilities,
        ReadOnly = ReadOnly ?? service.ReadOnly,
        Init = Init ?? service.Init,
        StopSignal = StopSignal ?? service.StopSignal,
        StopGrace = Grace ?? service.StopGrace,
        Labels = service.Labels.SetItems(Labels),
        Ulimits = service.Ulimits.SetItems(Ulimits),
        Devices = [.. service.Devices, .. Devices],
        Gpus = Gpus ?? service.Gpus,
        ExtraHosts = service.ExtraHosts.SetItems(ExtraHosts),
        Dns = Dns.IsEmpty ? service.Dns : Dns,
        Sysctls = service.Sysctls.SetItems(Sysctls),
        Platform = Platform ?? service.Platform,
        Environment = TimeZone is null ? service.Environment : service.Environment.SetItem(TimeZoneVariable, TimeZone),
        Health = Probe.On(service),
    };

    /// <summary>The same with what the stack itself says of every service, after that.</summary>
    public ServiceSpec InStack(ServiceSpec service) => service with
    {
        Networks = [.. service.Networks, .. Networks.Select(network => (NetworkAttachment)network)],
        Logging = Logging ?? service.Logging,
    };

    // A size, or a folder, of one's own takes the place of what the component has at that path.
    private IEnumerable<Mount> Mounts(ServiceSpec service)
    {
        var memory = Temporary is { } size ? Tmpfs.SetItem("/tmp", new TmpfsMount("/tmp", size)) : Tmpfs;
        return [
            .. service.Mounts.Where(mount => mount is not TmpfsMount || !memory.ContainsKey(mount.Target)).Where(mount => !HasFolder(mount.Target)),
            .. Folders,
            .. memory.Values,
        ];
    }

    private bool HasFolder(string target) => Folders.Any(folder => folder.Target == target);

    /// <param name="section">A service's settings.</param>
    /// <param name="isProcess">Whether it runs a command of the user's: a store's <c>user</c> is its own, not its container's.</param>
    internal static RuntimeSettings Read(Section section, bool isProcess) =>
        new()
        {
            After = section.After(
                "after",
                "services that it waits for besides those that it mentions: `[search]`, or `{ search: started }`; "
                    + "`healthy` and `completed` are what is usual"
            ),
            Ports = section.Ports(
                "ports",
                "further ports, on 127.0.0.1 unless an address is written: `[\"8025\", \"1025:25\", "
                    + "\"127.0.0.1:5775:5775/udp\"]`, as Docker writes them"
            ),
            Folders = section.Folders(
                "folders",
                "folders and single files of the project, by where they appear: `{ /etc/app: config }`; only read, unless `:rw` stands behind. "
                    + "At the path of a volume it takes the volume's place: a store's data in a folder of the host, which must belong to its user. "
                    + "Where SELinux guards the host, `:z` labels them for every container, `:Z` for this one alone: `config:rw,z`"
            ),
            ReservedMemory = section.Memory("reservedMemory", "the memory kept for it when memory is short", "none; half of `memory` in prod"),
            ReservedCpus = section.Cpus("reservedCpus", "the processor time kept for it, in cores"),
            SharedMemory = section.Memory("sharedMemory", "the size of its `/dev/shm`", OfKind),
            Temporary = section.Memory("temporary", "the size of its `/tmp`, which counts as its memory", OfKind),
            Tmpfs = section.TmpfsMounts(
                "tmpfs",
                "folders in memory besides `/tmp`, by path, gone with the container; they count as its memory: `{ /run/nginx: 16MiB }`"
            ),
            Ulimits = section.Ulimits(
                "ulimits",
                "the kernel's limits on its processes, a number or two each: `{ nofile: 10240, memlock: { soft: -1, hard: "
                    + "-1 } }`; -1 is without limit"
            ),
            Devices = section.Devices("devices", "devices of the host: `[/dev/dri]`, `[\"/dev/ttyUSB0:/dev/modem:rw\"]`, as Docker writes them"),
            Gpus = section.Gpus("gpus", "the graphics processors that it may use; the host needs their maker's container toolkit"),
            ExtraHosts = section.ExtraHosts(
                "extraHosts",
                "further names in its `/etc/hosts`: `{ host.docker.internal: host-gateway }`, which is this machine, or an address"
            ),
            Dns = section.Addresses("dns", "the name servers that it asks for what is no service: `[10.0.0.2]`", "the engine's"),
            Sysctls = section.Sysctls("sysctls", "parameters of the kernel that are its own: `{ net.core.somaxconn: \"1024\" }`"),
            Platform = section.Platform(
                "platform",
                "the platform that it runs on, `linux/amd64`; another than the machine's needs QEMU there",
                "the machine's"
            ),
            TimeZone = section.TimeZone(
                "timeZone",
                "its time zone, as `TZ`: `Europe/Madrid`; the image needs the zones' data (`tzdata`)",
                "the image's, mostly UTC"
            ),
            Networks = section.Networks("networks", "networks of its own besides the stack's, shared with those that name them too: `[search]`"),
            Logging = LoggingOf(section),
            Pids = section.Number("pids", 1, 1_000_000, "the most processes and threads it may have", OfKind),
            Restart = section.Restart("restart", "`no`, `on-failure` (or `on-failure:5`), `unless-stopped`, `always`", OfKind),
            WorkingDirectory = section.ContainerPathOrNone("workingDirectory", "the folder that its command runs in", "the image's"),
            User = !isProcess ? null : section.User("user", "the user, and the group, that it runs as: `1000`, `app`, `unit:root`", OfKind),
            Capabilities = section.Capabilities("capabilities", "the Linux capabilities that it keeps, of all: `[CHOWN, SETUID, SETGID]`", OfKind),
            ReadOnly = section.Flag("readOnly", "whether its root file system is read-only; `/tmp` stays writable", OfKind),
            Init = section.Flag("init", "whether a small init runs as process 1, for programs that leave zombies", "`false`"),
            StopSignal = section.Signal("stopSignal", "the signal that asks it to stop", OfKind),
            Grace = section.Seconds("graceSeconds", "how long it may take to end when it is stopped, before it is killed", OfKind),
            Labels = section.Labels("labels", "labels of its container, besides the stack's own"),
            Probe = section.Read("probe", "how it is asked whether it is well", ProbeSettings.Read),
        };

    /// <summary>The variable that C libraries take a time zone from.</summary>
    public const string TimeZoneVariable = "TZ";

    private static Logging? LoggingOf(Section section)
    {
        var logging = section.Read("logging", "where its log goes, instead of where `infra:logging` says", LoggingSettings.Read);
        return section.IsSet("logging") ? logging : null;
    }

    private const string OfKind = "its kind's own";
}
