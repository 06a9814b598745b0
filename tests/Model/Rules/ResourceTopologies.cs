using Infra.Model;
using Infra.Tests.Support;
using static Infra.Tests.Model.Rules.BrokenTopologies;

namespace Infra.Tests.Model.Rules;

/// <summary>Topologies whose services may use up what the machine has.</summary>
internal static class ResourceTopologies
{
    private static readonly ServiceSpec Web = Specs.Web();

    public static IReadOnlyList<Broken> All { get; } =
    [
        new(
            "LIMITS",
            Specs.Topology(Web with { Memory = Size.MiB(5) }),
            "error LIMITS web: it is limited to 5 MiB of memory, and engines take no limit below 6 MiB. Set a higher one."
        ),
        new(
            "LIMITS",
            Specs.Topology(Web with { Memory = Size.MiB(512), ReservedMemory = Size.MiB(513) }),
            "error LIMITS web: 513 MiB of memory are kept for it, and it may use no more than 512 MiB. Set reservedMemory lower, or memory higher."
        ),
        new(
            "LIMITS",
            Specs.Topology(Web with { ReservedMemory = Size.MiB(5) }),
            "error LIMITS web: 5 MiB of memory are kept for it, and engines keep no less than 6 MiB. Set reservedMemory higher, or drop it."
        ),
        new(
            "MOUNTS",
            Specs.Topology(Web with
            {
                Mounts = [new BindMount("keys", "/run/configs", ReadOnly: true)],
                Files = [new ServiceFile("token", Template.From($"x"))],
            }),
            "error MOUNTS web: 'keys' is mounted at '/run/configs', over its file '/run/configs/token'. "
                + "Mount it elsewhere: files of the stack's own lie in /run/secrets and /run/configs."
        ),
        new(
            "START-FIRST",
            Specs.Topology(Specs.Job() with { Replacement = Replacement.StartFirst }),
            "error START-FIRST migrate: it starts before the old container ends, and nothing shows when it is ready. Give it a health check."
        ),
        new(
            "START-FIRST",
            Specs.Topology(Web with { Replacement = Replacement.StartFirst, ContainerName = "shop", Ports = [new Port(8000, 8000)] }),
            "error START-FIRST web: it starts before the old container ends, which has the name 'shop'. "
                + "Leave its container's name to the engine, or stop it first.",
            "error START-FIRST web: it starts before the old container ends, which has port 8000. "
                + "Publish no port and let a proxy pass requests on, or stop it first."
        ),
        new(
            "START-FIRST",
            Specs.Topology(Specs.Beat() with { Replacement = Replacement.StartFirst }),
            "error START-FIRST beat: it starts before the old container ends, and two of it at a time do harm. Stop it first."
        ),
        new(
            "LIMITS",
            Specs.Topology(Web with { Memory = null, Cpus = null, Pids = null }),
            "error LIMITS web: it may use all of the machine's memory. Set its memory limit.",
            "error LIMITS web: it may use all of the machine's processors. Set its processor limit.",
            "warning LIMITS web: it may start any number of processes. Set its limit of processes."
        ),
        new(
            "LIMITS",
            Specs.Topology(Specs.Worker() with { Memory = Size.MiB(32), Mounts = [new TmpfsMount("/tmp", Size.MiB(64))] }),
            "warning LIMITS worker: its files in memory may come to 64 MiB, and its memory to 32 MiB: "
                + "it is killed before they are full. Set a higher limit."
        ),
        new(
            "LOG-ROTATION",
            Specs.Topology(Web with { Logging = null }),
            "error LOG-ROTATION web: its log grows without bound. Bound the size and number of its log files."
        ),
        new(
            "LOG-ROTATION",
            Specs.Topology(Web with { Logging = new Logging("json-file") }),
            "error LOG-ROTATION web: its log grows without bound. Bound the size and number of its log files."
        ),
    ];
}
