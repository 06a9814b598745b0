using Infra.Components;
using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>A Celery worker.</summary>
internal sealed class WorkerKind() : CommandKind<WorkerArgs>("worker", "a Celery worker; one of RQ, arq, Dramatiq or Huey is a `process`")
{
    protected override WorkerArgs ReadArgs(string service, Section section, KindContext around)
    {
        var args = new WorkerArgs
        {
            Image = around.App.BuiltImage,
            App = around.App.Celery ?? "",
            Command = section.Command("command", [], "what it runs, instead of Celery with what the next keys say"),
            Concurrency = section.NumberOr("concurrency", 2, 1, 1000, "how many tasks it works on at a time"),
            Pool = section.Pool("pool", "Celery's pool", "Celery's own"),
            Queues = section.Queues("queues", "the queues that it takes tasks from; all of them when empty"),
            NodeName = section.Text("nodeName", "its name for Celery", "Celery's own"),
            Probe = section.ChoiceOr(
                "ask",
                WorkerProbe.Heartbeat,
                "`heartbeat`: a file that it touches ([how](applications.md#without-heartbeat-files)); `ping`: Celery asks it"
            ),
            SendsEvents = around.IsWatched,
            Memory = section.MemoryOr("memory", Size.MiB(512)),
            Replicas = Replicas(section),
            Cpus = section.CpusOr("cpus", Cpu.Cores(1)),
        };
        CeleryKeys.Review(
            section,
            args.Command,
            around,
            "concurrency",
            "pool",
            args.Probe == WorkerProbe.Ping ? null : "nodeName",
            around.IsWatched ? null : "queues"
        );
        return args;
    }

    protected override ServiceComponent Make(string name, WorkerArgs args, IServiceHost host) => new Worker(name, args, host);
}
