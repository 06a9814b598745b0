using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>A stack's settings, with units instead of texts. Every key of <c>Pulumi.STACK.yaml</c> has its property here.</summary>
public sealed record Settings
{
    public required Naming Naming { get; init; }

    public required EnvironmentKind Environment { get; init; }

    public ImageSource Images { get; init; }

    /// <summary>Another value runs again, under Pulumi, a step that failed.</summary>
    public string? Attempt { get; init; }

    public required AppSettings App { get; init; }

    public required WebSettings Web { get; init; }

    public required WorkerSettings Worker { get; init; }

    public required BeatSettings Beat { get; init; }

    public required PostgresArgs Postgres { get; init; }

    public required RedisArgs Redis { get; init; }

    public required RabbitMqArgs RabbitMq { get; init; }

    public required FlowerSettings Flower { get; init; }

    public required SystemSettings Systems { get; init; }

    public required MonitoringSettings Monitoring { get; init; }

    public required ProxySettings Proxy { get; init; }

    public required BackupSettings Backup { get; init; }

    /// <summary>Where every service's log goes.</summary>
    public required Logging Logging { get; init; }

    /// <summary>How some services are probed, by their names.</summary>
    public required ImmutableSortedDictionary<string, ProbeSettings> Probes { get; init; }

    /// <summary>The same, but what uses a store logs in as the users who have the new password while it is being rotated.</summary>
    /// <param name="secret">The password's name; that of another secret, or none, changes nothing.</param>
    public Settings Rotating(string? secret) => this with
    {
        Postgres = Postgres with { IsRotating = secret == Postgres.Password.Name },
        Redis = Redis with { IsRotating = secret == Redis.Password.Name },
        RabbitMq = RabbitMq with { IsRotating = secret == RabbitMq.Password.Name },
    };
}

/// <summary>The application: where it is, how it is built, what it looks for in its environment.</summary>
public sealed record AppSettings
{
    public required AppImageArgs Image { get; init; }

    /// <summary>Where its code lies in the image.</summary>
    public required string Directory { get; init; }

    /// <summary>The folders, below its own, whose code is reloaded in development.</summary>
    public required ImmutableArray<string> Source { get; init; }

    /// <summary>The files of its folder that name its dependencies, beside uv's own, by their names below it.</summary>
    public required ImmutableArray<string> Dependencies { get; init; }

    /// <summary>What the image runs its commands by, as its Dockerfile says; nothing where that says nothing.</summary>
    public required ImmutableArray<string> Entrypoint { get; init; }

    /// <summary>The same of the Dockerfile for places without a registry.</summary>
    public required ImmutableArray<string> DebianEntrypoint { get; init; }

    public required ReloadMode Reload { get; init; }

    public required Reloader Reloader { get; init; }

    /// <summary>The Celery application.</summary>
    public required string Celery { get; init; }

    public required ImmutableSortedDictionary<string, Template> Environment { get; init; }

    public required ImmutableSortedDictionary<string, Secret> Secrets { get; init; }

    /// <summary>Variables and build arguments that look like a credential and are none.</summary>
    public required ImmutableArray<string> Public { get; init; }

    public required SecretDelivery Delivery { get; init; }

    public required ConnectionNames Names { get; init; }

    /// <summary>Volumes of its own and where they are mounted.</summary>
    public required ImmutableArray<VolumeMount> Volumes { get; init; }

    public required bool? ReadOnly { get; init; }

    /// <summary>Whether a system's production mounts the source and reloads it too.</summary>
    public required bool LiveSource { get; init; }

    /// <summary>What a Dockerfile that is written for it depends on.</summary>
    public required BuildSettings Build { get; init; }

    /// <summary>What brings the database's schema to the code's, once before the code serves; nothing when empty.</summary>
    public required ImmutableArray<string> Migrate { get; init; }
}

/// <summary>The variables in which the application looks for the services it uses.</summary>
public sealed record ConnectionNames(string Database, string Broker, string Cache, string Results, string? DatabaseScheme);

public sealed record WebSettings(ImmutableArray<string> Command, int ContainerPort, int? Port, string Health, Size Memory, Cpu Cpus, string? Metrics)
{
    public HttpProbeKind Probe { get; init; }

    public Size? ReservedMemory { get; init; }

    public Cpu? ReservedCpus { get; init; }
}

public sealed record WorkerSettings
{
    public required ImmutableArray<string> Command { get; init; }

    public required int Concurrency { get; init; }

    public required string? Pool { get; init; }

    public required ImmutableArray<string> Queues { get; init; }

    public required string? NodeName { get; init; }

    public required WorkerProbe Probe { get; init; }

    public required TimeSpan Grace { get; init; }

    public required Size Memory { get; init; }

    public required Cpu Cpus { get; init; }
}

public sealed record BeatSettings(ImmutableArray<string> Command, string Schedule, BeatProbe Probe, Size Memory, Cpu Cpus)
{
    /// <summary>Whether there is one; a worker may schedule besides, or nothing is scheduled.</summary>
    public bool Enabled { get; init; } = true;
}

public sealed record FlowerSettings(bool Enabled, int? Port, HttpProbeKind Probe, Size Memory, Cpu Cpus);
