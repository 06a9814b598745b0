using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>What any service can be told, whatever its kind; what is unset stays as its component has it.</summary>
public sealed record RuntimeSettings
{
    /// <summary>What it waits for besides what it mentions, and how far that must have come; until it is ready where unset.</summary>
    public required ImmutableSortedDictionary<string, WaitCondition?> After { get; init; }

    public required ImmutableArray<Port> Ports { get; init; }

    public required ImmutableArray<BindMount> Folders { get; init; }

    public required Size? ReservedMemory { get; init; }

    public required Cpu? ReservedCpus { get; init; }

    public required Size? SharedMemory { get; init; }

    public required Size? Temporary { get; init; }

    public required int? Pids { get; init; }

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
        Health = Probe.On(service),
    };

    private IEnumerable<Mount> Mounts(ServiceSpec service) => service.Mounts
        .Where(mount => Temporary is null || mount is not TmpfsMount { Target: "/tmp" })
        .Concat(Folders)
        .Concat(Temporary is { } size ? [new TmpfsMount("/tmp", size)] : ImmutableArray<Mount>.Empty);

    /// <param name="section">A service's settings.</param>
    /// <param name="isProcess">Whether it runs a command of the user's: a store's <c>user</c> is its own, not its container's.</param>
    internal static RuntimeSettings Read(Section section, bool isProcess) => new()
    {
        After = section.After(
            "after",
            "services that it waits for besides those that it mentions: `[search]`, or `{ search: started }`; `healthy` and `completed` are what is usual"
        ),
        Ports = section.Ports(
            "ports",
            "further ports, on 127.0.0.1 unless an address is written: `[\"8025\", \"1025:25\", \"127.0.0.1:5775:5775/udp\"]`, as Docker writes them"
        ),
        Folders = section.Folders(
            "folders",
            "folders and single files of the project, by where they appear: `{ /etc/app: config }`; only read, unless `:rw` stands behind"
        ),
        ReservedMemory = section.Memory("reservedMemory", "the memory kept for it when memory is short", "none; half of `memory` in prod"),
        ReservedCpus = section.Cpus("reservedCpus", "the processor time kept for it, in cores"),
        SharedMemory = section.Memory("sharedMemory", "the size of its `/dev/shm`", OfKind),
        Temporary = section.Memory("temporary", "the size of its `/tmp`, which counts as its memory", OfKind),
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

    private const string OfKind = "its kind's own";
}
