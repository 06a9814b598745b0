using System.Collections.Immutable;
using Infra.Components.Parts;
using Infra.Components.Programs;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>How the engine learns whether beat does its work.</summary>
public enum BeatProbe
{
    /// <summary>A file that beat touches on each tick (<c>app/src/shop/heartbeat.py</c>).</summary>
    Heartbeat,

    /// <summary>The schedule's file is there: needs nothing of the application, and says no more than that beat has started.</summary>
    Schedule,
}

/// <summary>What <see cref="Beat"/> needs to know.</summary>
public sealed record BeatArgs : AppArgs
{
    /// <summary>Where the schedule's file lies, unless said otherwise.</summary>
    public const string DefaultScheduleDirectory = "/var/lib/celery/beat";

    /// <summary>The Celery application: <c>shop.celery_app</c>.</summary>
    public required string App { get; init; }

    /// <summary>The schedule's file; its folder is a volume, unless it is <c>/tmp</c>. Defaults to <c>/var/lib/celery/beat/schedule</c>.</summary>
    public string Schedule { get; init; } = DefaultScheduleDirectory + "/schedule";

    /// <summary>The volume's name. Defaults to the service's.</summary>
    public string? Volume { get; init; }

    /// <summary>How its health is seen. Defaults to its heartbeat.</summary>
    public BeatProbe Probe { get; init; }

    /// <summary>Replaces the whole command.</summary>
    public ImmutableArray<string> Command { get; init; } = [];
}

/// <summary>Celery's scheduler, exactly one, whose schedule outlives its container.</summary>
public sealed class Beat(string name, BeatArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:Beat";

    /// <summary>The file that beat touches on each tick.</summary>
    public const string HeartbeatFile = "/tmp/celery-beat-heartbeat";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, BeatArgs args)
    {
        var command = args.Command.IsEmpty ? CommandOf(args) : args.Command;
        var spec = AppService.Describe(Kind, name, ServiceRole.Beat, args, command);
        var directory = args.Schedule[..args.Schedule.LastIndexOf('/')];
        var isKept = directory != "/tmp";
        return spec with
        {
            Mounts = isKept
                ?
                [
                    .. spec.Mounts,
                    new VolumeMount(new Volume(args.Volume ?? name) { LeftOut = "the schedule is created again from the code" }, directory),
                ]
                : spec.Mounts,
            StatePaths = isKept ? [directory] : [],
            Health = Probe(name, args).At(args.Timing),
        };
    }

    private static HealthCheck Probe(string name, BeatArgs args) => args.Probe == BeatProbe.Heartbeat
        ? Heartbeat.Probe(HeartbeatFile, TimeSpan.FromSeconds(30), args.HasShell, $"infra:services.{name}.ask: schedule")
        : args.HasShell ? HealthCheck.Exec("test", "-f", args.Schedule)
        : HealthCheck.Exec("python3", "-IS", "-c", $"import os, sys; sys.exit(not os.path.isfile('{PythonText.Quotable(args.Schedule)}'))");

    // No pid file: a stale one on a volume would keep beat from starting.
    private static ImmutableArray<string> CommandOf(BeatArgs args) =>
        ["celery", "-A", args.App, "beat", "--loglevel=info", $"--schedule={args.Schedule}", "--pidfile="];
}
