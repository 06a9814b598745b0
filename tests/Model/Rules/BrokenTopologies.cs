using Infra.Model;
using Infra.Model.Rules;
using Infra.Tests.Support;

namespace Infra.Tests.Model.Rules;

/// <summary>For each rule a topology that breaks it, and the whole messages that it then finds.</summary>
internal static class BrokenTopologies
{
    public sealed record Broken(string Rule, Topology Topology, params string[] Messages);

    private static readonly ServiceSpec Web = Specs.Web();
    private static readonly ServiceSpec Database = Specs.Store("db", ServiceRole.Database);
    private static readonly Wait Db = new("db");

    public static IReadOnlyList<Broken> All { get; } =
    [
        new("UNIQUE-NAMES", Specs.Topology(Web, Web), "error UNIQUE-NAMES web: 2 services have this name. Give each service a name of its own."),
        new(
            "UNIQUE-NAMES",
            Specs.Topology(Web with { ContainerName = "shop-test-worker" }, Specs.Worker()),
            "error UNIQUE-NAMES web, worker: their containers have one name, 'shop-test-worker'. Give each container a name of its own."
        ),
        new(
            "UNIQUE-NAMES",
            Specs.Topology(Specs.Web("my_web")),
            "warning UNIQUE-NAMES my_web: its name has an underscore: engines take it, but some programs accept no such host name. "
                + "Join its words by hyphens, unless others know it by this name."
        ),
        new(
            "UNIQUE-NAMES",
            Specs.Topology(Specs.Web("My.Web")),
            "error UNIQUE-NAMES My.Web: its name is no DNS label, so others may not reach it by name. "
                + "Use at most 63 lower-case letters, digits and inner hyphens."
        ),
        new(
            "SHARED-IMAGE",
            Specs.Topology(Web with { Image = new BuiltImage("web", "./app/") }, Specs.Worker() with { Image = new BuiltImage("worker", "app") }),
            "error SHARED-IMAGE web, worker: the same image is built 2 times from app/Dockerfile, as 'web' and 'worker'. "
                + "Build it once, and name that image in each service."
        ),
        new(
            "SHARED-IMAGE",
            Specs.Topology(Web, Specs.Service("tool") with { Image = new BuiltImage("app", "tool") }),
            "error SHARED-IMAGE web, tool: 2 different builds are called 'shop-test-app:latest', so one replaces the other. "
                + "Give each build a name of its own."
        ),
        new(
            "SHARED-IMAGE",
            Specs.Topology(Web, Specs.Worker() with { Image = new BuiltImage("app-worker", "app") { Target = "worker" } }),
            "warning SHARED-IMAGE web, worker: they run 2 images of one Dockerfile, app/Dockerfile, which differ in stage or arguments. "
                + "Run one image with different commands."
        ),
        new(
            "SHARED-IMAGE",
            Specs.Topology(
                Web with
                {
                    Image = new PinnedImage("acme/shop", "1.1"),
                },
                Specs.Worker() with
                {
                    Image = new PinnedImage("acme/shop", "1.2"),
                }
            ),
            "error SHARED-IMAGE web, worker: they run different versions of one application: 'acme/shop:1.1' and 'acme/shop:1.2'. "
                + "Run the same version in each of them."
        ),
        new(
            "PINNED-IMAGE",
            Specs.Topology(Specs.Service("cache") with { Image = new PinnedImage("redis", "7") }),
            "error PINNED-IMAGE cache: the tag of 'redis:7' moves: another day it is another image. "
                + "Name an exact version, at least major.minor, or add a digest."
        ),
        new(
            "STORE-PASSWORD",
            Specs.Topology(Specs.Store("cache", ServiceRole.Cache) with { Endpoint = new Endpoint("redis", "cache", 6379) }),
            "warning STORE-PASSWORD cache: it asks for no password, so every service on its networks can read, change and remove what is in it. "
                + "Give it one (password: true), if its clients can."
        ),
        new(
            "WAITS-HAVE-PROBES",
            Specs.Topology(Database with { Health = null }, Web.Waits(Db)),
            "error WAITS-HAVE-PROBES web: waits for 'db' to be healthy, but 'db' has no health check. Give it one, or wait until it has started."
        ),
        new(
            "WAITS-HAVE-PROBES",
            Specs.Topology(Web.Waits(Db)),
            "error WAITS-HAVE-PROBES web: waits for 'db', and there is no such service. Add the service, or drop the wait."
        ),
        new(
            "WAITS-HAVE-PROBES",
            Specs.Topology(Database, Web.Waits(new Wait("db", WaitCondition.Completed))),
            "error WAITS-HAVE-PROBES web: waits for 'db' to complete, but 'db' is started again whenever it ends. "
                + "Restart 'db' never, or wait until it is healthy."
        ),
        new(
            "NO-CYCLES",
            Specs.Topology(Specs.Worker().Waits(new Wait("beat")), Specs.Beat().Waits(new Wait("worker"))),
            "error NO-CYCLES worker, beat: these services wait for each other: worker -> beat -> worker. Drop one of these waits."
        ),
        new("NO-CYCLES", Specs.Topology(Web.Waits(new Wait("web"))), "error NO-CYCLES web: it waits for itself. Drop the wait."),
        new(
            "HEALTHCHECK",
            Specs.Topology(Web with { Health = null }),
            "error HEALTHCHECK web: it has no probe, so nothing notices when it stops working. Give it a health check."
        ),
        new(
            "HEALTHCHECK",
            Specs.Topology(Web with { Health = HealthCheck.Shell("curl -f localhost || exit 0") }),
            "error HEALTHCHECK web: its probe 'sh -c curl -f localhost || exit 0' cannot fail. "
                + "Probe what it serves: a request, a ping, the age of a heartbeat."
        ),
        new(
            "HEALTHCHECK",
            Specs.Topology(
                Specs.Worker() with
                {
                    Health = HealthCheck.Shell("celery -A shop inspect ping"),
                    Command = ["/venv/bin/python", "manage.py", "rqworker"],
                }
            ),
            "error HEALTHCHECK worker: its probe asks Celery, and 'rqworker' is no part of it, so it never gets healthy. "
                + "Take the probe that looks at a file (infra:services.worker.ask: heartbeat), and let 'rqworker' touch that file while it works."
        ),
        new(
            "HEALTHCHECK",
            Specs.Topology(
                Specs.Worker() with
                {
                    Health = HealthCheck.Shell("stat /tmp/celery-worker-heartbeat"),
                    Command = ["sh", "-c", "exec rq worker high"],
                }
            ),
            "warning HEALTHCHECK worker: its probe looks at a file that Celery's own signals touch, and 'rq' is no part of Celery: "
                + "unless it touches /tmp/celery-worker-heartbeat itself, it never gets healthy. "
                + "Let it touch the file at least every 20 s while it works, in a class of your own derived from its worker."
        ),
        new(
            "RESTART",
            Specs.Topology(Web with { Restart = RestartPolicy.No }),
            "error RESTART web: it stays down after a crash. Restart it unless stopped, or give it the role of a job."
        ),
        new(
            "RESTART",
            Specs.Topology(Specs.Job() with { Restart = RestartPolicy.UnlessStopped }),
            "error RESTART migrate: it is a job, and is started again each time it has ended. Restart it never, or on failure only."
        ),
        new(
            "STOP-GRACE",
            Specs.Topology(Database with { StopGrace = TimeSpan.FromSeconds(10) }),
            "error STOP-GRACE db: it is killed 10 s after it was asked to stop, with writes still on their way to the disk. Give it at least 30 s."
        ),
        new(
            "STOP-GRACE",
            Specs.Topology(Specs.Worker() with { StopGrace = TimeSpan.FromSeconds(2.5) }),
            "error STOP-GRACE worker: it is killed 2.5 s after it was asked to stop, with tasks still running. Give it at least 10 s."
        ),
        new(
            "ONE-BEAT",
            Specs.Topology(Specs.Beat(), Specs.Worker() with { Command = ["celery", "-A", "shop", "worker", "-B"] }),
            "error ONE-BEAT beat, worker: 2 services schedule the tasks of one application, so each task is sent as many times. "
                + "Keep one: take -B (--beat) from the worker, or leave the beat out (infra:services.beat.enabled: false)."
        ),
        new(
            "ONE-BEAT",
            Specs.Topology(Specs.Worker() with { Command = ["celery", "-A", "shop", "worker", "-B"], Replicas = 2 }),
            "error ONE-BEAT worker: 2 containers schedule the tasks of one application, so each task is sent as many times. "
                + "Take -B (--beat) from its command and add a beat, or set replicas to 1."
        ),
        new(
            "REPLICAS",
            Specs.Topology(
                Specs.Web() with { Replicas = 3, Ports = [new Port(8000, 8000)], ContainerName = "site", Hostname = "site" },
                Specs.Web("web-2")
            ),
            "error REPLICAS web: 3 of it are to run, and only one can have port 8000. "
                + "Publish no port: a proxy, or the other services, reach it by its name (drop its port, or set replicas to 1).",
            "error REPLICAS web: 3 of it are to run, and only one can be called 'site'. Leave the names to the engine.",
            "error REPLICAS web: 3 of it are to run, and all would be the host 'site'. Leave the host's name to the engine.",
            "error REPLICAS web: 3 of it are to run, and one of them may have the name of the container of 'web-2'. Rename 'web-2'."
        ),
        new(
            "REPLICAS",
            Specs.Topology(
                Specs.Store("search", ServiceRole.Other) with { Replicas = 2 },
                Specs.Job() with { Replicas = 2 },
                Specs.Worker() with { Replicas = 2, Command = ["celery", "-A", "shop", "worker", "-n", "mail@prod"] }
            ),
            "error REPLICAS search: 2 of it are to run, and all would keep their state in '/data', as if each were alone. "
                + "Set replicas to 1, or keep the state in a service of its own.",
            "error REPLICAS migrate: 2 of it are to run, and a step runs once. Set replicas to 1, or its restart to unless-stopped.",
            "warning REPLICAS worker: 2 of it are to run, and all call themselves 'mail@prod': Celery takes them for one. "
                + "Write %h in the name (nodeName: worker@%h)."
        ),
        new(
            "PERSISTENT-STATE",
            Specs.Topology(Database with { Mounts = [] }),
            "error PERSISTENT-STATE db: its state in '/data' is on no volume, gone with its container. Mount a named volume there that holds state."
        ),
        new(
            "PERSISTENT-STATE",
            Specs.Topology(Database with { Mounts = [new VolumeMount(new Volume("scratch", HoldsState: false), "/data")] }),
            "error PERSISTENT-STATE db: its state in '/data' is on the volume 'scratch', which is thrown away. "
                + "Mount a named volume there that holds state."
        ),
        new(
            "PERSISTENT-STATE",
            Specs.Topology(Database with { StatePaths = [] }),
            "error PERSISTENT-STATE db: it does not say where its state lies, so nothing outlives its container. "
                + "Name its state's path, and mount a volume there."
        ),
        new(
            "PERSISTENT-STATE",
            Specs.Topology(Specs.Store("db", ServiceRole.Database, "/var/lib/postgresql/data") with { Image = new PinnedImage("postgres", "18.1") }),
            "error PERSISTENT-STATE db: Postgres 18 keeps nothing in '/var/lib/postgresql/data'. Mount the volume at '/var/lib/postgresql'."
        ),
        new(
            "MOUNTS",
            Specs.Topology(Web with { Mounts = [new TmpfsMount("/tmp", Size.MiB(1)), new VolumeMount(new Volume("scratch"), "/tmp/")] }),
            "error MOUNTS web: 2 mounts are at '/tmp'. Give each a path of its own."
        ),
        new(
            "MOUNTS",
            Specs.Topology(Database, Web with { Mounts = [new VolumeMount(((VolumeMount)Database.Mounts[0]).Volume, "/app/data")] }),
            $"error MOUNTS web: the volume '{((VolumeMount)Database.Mounts[0]).Volume.Name}' is the state of 'db', and is mounted here too. "
                + "Mount a volume with a name of its own."
        ),
        new(
            "MOUNTS",
            Specs.Topology(Specs.Worker(), Web with { Mounts = [new VolumeMount(new Volume("worker"), "/app/data")] }),
            "error MOUNTS web: the volume 'worker' has the name of the service 'worker', so a backup could not tell the two apart. "
                + "Give the volume a name of its own."
        ),
        .. ResourceTopologies.All,
        .. ExposedTopologies.All,
    ];

    public static Rule Rule(string id) => AllRules.List.Single(rule => rule.Id == id);
}
