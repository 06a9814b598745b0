using System.Collections.Immutable;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="Beat"/> needs to know.</summary>
public sealed record BeatArgs : AppArgs
{
    /// <summary>Where the schedule's file lies, unless said otherwise.</summary>
    public const string DefaultScheduleDirectory = "/var/lib/celery/beat";

    /// <summary>The Celery application: <c>shop.celery_app</c>.</summary>
    public required string App { get; init; }

    /// <summary>The folder of the schedule's file, on a volume. Defaults to <c>/var/lib/celery/beat</c>.</summary>
    public string ScheduleDirectory { get; init; } = DefaultScheduleDirectory;

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
        return spec with
        {
            Mounts = [.. spec.Mounts, new VolumeMount(new Volume(name), args.ScheduleDirectory)],
            StatePaths = [args.ScheduleDirectory],
            Health = Heartbeat.Probe(HeartbeatFile, TimeSpan.FromSeconds(30), args.HasShell),
        };
    }

    // No pid file: a stale one on a volume would keep beat from starting.
    private static ImmutableArray<string> CommandOf(BeatArgs args) =>
        ["celery", "-A", args.App, "beat", "--loglevel=info", $"--schedule={args.ScheduleDirectory}/schedule", "--pidfile="];
}
