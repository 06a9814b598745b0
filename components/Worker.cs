using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>How the engine learns whether a worker does its work.</summary>
public enum WorkerProbe
{
    /// <summary>A file that the worker touches while it holds its broker's connection (<c>app/src/shop/heartbeat.py</c>): costs nothing.</summary>
    Heartbeat,

    /// <summary><c>celery inspect ping</c>: needs nothing of the application, but starts a whole Python each time.</summary>
    Ping,
}

/// <summary>What <see cref="Worker"/> needs to know.</summary>
public sealed record WorkerArgs : AppArgs
{
    /// <summary>How many containers run it side by side; one, under a name of its own, when unset.</summary>
    public int? Replicas { get; init; }

    /// <summary>The Celery application: <c>shop.celery_app</c>.</summary>
    public required string App { get; init; }

    /// <summary>How many tasks at a time. Defaults to 2.</summary>
    public int Concurrency { get; init; } = 2;

    /// <summary>The execution pool: <c>prefork</c>, <c>gevent</c>, <c>threads</c>; Celery's own default when unset.</summary>
    public string? Pool { get; init; }

    /// <summary>The queues it takes tasks from; Celery's default queue when empty.</summary>
    public ImmutableArray<string> Queues { get; init; } = [];

    /// <summary>The worker's name, <c>worker@%h</c>; Celery's own default when unset.</summary>
    public string? NodeName { get; init; }

    /// <summary>Whether it sends events of its tasks, as <see cref="CeleryMetrics"/> needs. Defaults to no.</summary>
    public bool SendsEvents { get; init; }

    /// <summary>Replaces the whole command.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>How its health is seen. Defaults to its heartbeat.</summary>
    public WorkerProbe Probe { get; init; }

    /// <summary>How long a running task may take to end when the worker stops. Defaults to 60 s.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(60);
}

/// <summary>A Celery worker that ends its running tasks before it stops, healthy while it holds its broker's connection.</summary>
public sealed partial class Worker(string name, WorkerArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Worker";

    /// <summary>The file that the worker touches.</summary>
    public const string HeartbeatFile = "/tmp/celery-worker-heartbeat";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, WorkerArgs args)
    {
        var command = args.Command.IsEmpty ? CommandOf(args) : args.Command;
        var worker = AppService.Describe(Kind, name, ServiceRole.Worker, args, command);
        return worker with
        {
            Health = (
                args.Probe == WorkerProbe.Heartbeat
                    ? Heartbeat.Probe(HeartbeatFile, TimeSpan.FromSeconds(30), args.HasShell, $"infra:services.{name}.ask: ping")
                    : Ping(WithSoftShutdown(args), worker)
            ).At(args.Timing),
            // A process or a thread for each task at a time, and what these start themselves.
            Pids = Math.Max(worker.Pids ?? 0, Tasks(args) * 4),
            StopGrace = args.StopGrace,
            Replicas = args.Replicas,
        };
    }

    // Greenlets are neither.
    private static int Tasks(WorkerArgs args) => (CeleryOptions.Pool(args.Command) ?? args.Pool) is "gevent" or "eventlet" or "solo"
        ? 1
        : CeleryOptions.Concurrency(args.Command) ?? args.Concurrency;

    // A command of its own says for itself which application and which node it is.
    private static WorkerArgs WithSoftShutdown(WorkerArgs args) => args with
    {
        App = CeleryOptions.Application(args.Command) ?? args.App,
        NodeName = args.NodeName ?? CeleryOptions.Node(args.Command),
    };

    private static HealthCheck Ping(WorkerArgs args, ServiceSpec worker)
    {
        var node = Inert().Replace(args.NodeName ?? "celery@%h", "\\$0").Replace("%h", "$(hostname)", StringComparison.Ordinal);
        return HealthCheck.Exec([
            .. worker.WithPrefix(["sh", "-c", $"celery -A {Reload.Quote(args.App)} inspect --timeout 10 ping -d \"{node}\""]),
        ]) with
        {
            Interval = TimeSpan.FromSeconds(60),
            Timeout = TimeSpan.FromSeconds(20),
            StartInterval = TimeSpan.FromSeconds(5),
        };
    }

    // What means something to a shell between double quotes.
    [GeneratedRegex("[\\\\\"$`]")]
    private static partial Regex Inert();

    private static ImmutableArray<string> CommandOf(WorkerArgs args) =>
    [
        "celery", "-A", args.App, "worker", "--loglevel=info",
        $"--concurrency={args.Concurrency.ToString(CultureInfo.InvariantCulture)}",
        .. Option("pool", args.Pool),
        .. Option("queues", args.Queues.IsEmpty ? null : string.Join(',', args.Queues)),
        .. Option("hostname", args.NodeName),
        .. args.SendsEvents ? new[] { "--task-events" } : [],
        // Mingle alone takes a second at each start: too long for a reload.
        .. args.Reload is null ? [] : new[] { "--without-mingle", "--without-gossip" },
    ];

    private static string[] Option(string name, string? value) => value is null ? [] : [$"--{name}={value}"];
}
