using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Reads how the application's own services run.</summary>
internal static class ServiceSettings
{
    private const StackKinds WithOneWeb = StackKinds.All & ~StackKinds.CreatorHub;

    public static WebSettings Web(Section root) =>
        root.Read(
            "web",
            "the web server",
            web => new WebSettings(
                web.Command("command", ["uvicorn", "shop.main:app", "--host", "0.0.0.0", "--port", "8000"], "what it runs"),
                web.PortOr("containerPort", 8000, "the port that it listens on"),
                web.Port("port", "the port on 127.0.0.1; without the proxy only", only: WithOneWeb),
                web.UrlPath("health", "/ready", "the path that its health check requests", WithOneWeb),
                web.MemoryOr("memory", Size.MiB(512)),
                web.CpusOr("cpus", Cpu.Cores(1)),
                web.UrlPath("metrics", "/metrics", "the path that Prometheus scrapes; none when empty", MonitoringSettings.Stacks)
                    is { Length: > 0 } metrics
                    ? metrics
                    : null
            )
            {
                Probe = web.ChoiceOr("probe", HttpProbeKind.Socket, "what asks for `health` in its container", WithOneWeb),
                ReservedMemory = web.Memory("reservedMemory", "the memory kept for it when memory is short", "none; half of `memory` in prod"),
                ReservedCpus = web.Cpus("reservedCpus", "the processor time kept for it, in cores"),
            }
        );

    public static WorkerSettings Worker(Section root) =>
        root.Read(
            "worker",
            "the Celery worker",
            worker => new WorkerSettings
            {
                Command = worker.Command("command", [], "what it runs, instead of Celery with what the next keys say"),
                Concurrency = worker.NumberOr("concurrency", 2, 1, 1000, "how many tasks it works on at a time"),
                Pool = worker.Pool("pool", "Celery's pool", "Celery's own"),
                Queues = worker.Queues("queues", "the queues that it takes tasks from; all of them when empty"),
                NodeName = worker.Text("nodeName", "its name for Celery", "Celery's own"),
                Probe = worker.ChoiceOr(
                    "probe",
                    WorkerProbe.Heartbeat,
                    "`heartbeat`: a file that it touches "
                        + "(RQ and others have to touch `/tmp/celery-worker-heartbeat` themselves); `ping`: Celery asks it"
                ),
                Grace = worker.SecondsOr("graceSeconds", TimeSpan.FromSeconds(60), "how long it may end its tasks when it is stopped"),
                Memory = worker.MemoryOr("memory", Size.MiB(512)),
                Cpus = worker.CpusOr("cpus", Cpu.Cores(1)),
            },
            WithOneWeb
        );

    public static BeatSettings Beat(Section root) =>
        root.Read(
            "beat",
            "Celery's scheduler",
            beat => new BeatSettings(
                beat.Command("command", [], "what it runs, instead of Celery's beat"),
                beat.ContainerPath(
                    "schedule",
                    BeatArgs.DefaultScheduleDirectory + "/schedule",
                    "the file in which it keeps its times; its folder is a volume unless it is `/tmp`"
                ),
                beat.ChoiceOr("probe", BeatProbe.Heartbeat, "`heartbeat`: a file that it touches; `schedule`: its file is there"),
                beat.MemoryOr("memory", Size.MiB(256)),
                beat.CpusOr("cpus", Cpu.Cores(0.5m))
            )
            {
                Enabled = beat.Flag("enabled", true, "`false` where nothing is scheduled, or a worker does it in a script of its own"),
            },
            StackKinds.All & ~(StackKinds.Hexagonal | StackKinds.CreatorHub)
        );

    public static FlowerSettings Flower(Section root) =>
        root.Read(
            "flower",
            "Flower, which shows what the workers do; the application's image must have the package",
            flower => new FlowerSettings(
                flower.Flag("enabled", false, "whether there is one"),
                flower.Port("port", "the port on 127.0.0.1"),
                flower.ChoiceOr("probe", HttpProbeKind.Socket, "what asks for its health in its container"),
                flower.MemoryOr("memory", Size.MiB(256)),
                flower.CpusOr("cpus", Cpu.Cores(0.5m))
            ),
            StackKinds.Own | StackKinds.Mikrom
        );
}
