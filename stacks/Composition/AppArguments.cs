using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Dockerfiles;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks.Configuration;

namespace Infra.Stacks.Composition;

/// <summary>Makes the arguments of the application's services from the settings.</summary>
internal static class AppArguments
{
    /// <summary>What the application uses, under the variables in which it looks for it.</summary>
    public static ImmutableArray<Connection> Connect(this Settings settings, ServiceSpec database, ServiceSpec broker, ServiceSpec redis) =>
    [
        database.As(settings.App.Names.Database, scheme: settings.App.Names.DatabaseScheme),
        broker.As(settings.App.Names.Broker),
        redis.As(settings.App.Names.Cache, path: "/0"),
        redis.As(settings.App.Names.Results, path: "/1"),
    ];

    /// <summary>The code that development reloads; none where nothing is built.</summary>
    public static Reload? Reload(this Settings settings)
    {
        // The code of a published image is its own.
        if (settings.App.Image.Published is not null)
            return null;
        var reload = new Reload(settings.App.Image.Context, settings.App.Directory, settings.App.Source)
        {
            Mode = settings.App.Reload,
            Reloader = settings.App.Reloader,
        };
        return reload with { RebuildOn = [.. reload.RebuildOn, .. settings.App.Dependencies] };
    }

    public static WebArgs WebArgs(this Settings settings, Image app, ImmutableArray<Connection> needs) => settings.Common(new WebArgs
    {
        Image = app,
        Needs = needs,
        Command = settings.Web.Command,
        ContainerPort = settings.Web.ContainerPort,
        Port = settings.Web.Port,
        HealthPath = settings.Web.Health,
        Probe = settings.Web.Probe,
        ReservedMemory = settings.Web.ReservedMemory,
        ReservedCpus = settings.Web.ReservedCpus,
        MetricsPath = settings.Web.Metrics,
        Temporary = settings.Temporary(),
        Memory = settings.Web.Memory,
        Cpus = settings.Web.Cpus,
    });

    public static WorkerArgs WorkerArgs(this Settings settings, Image app, ImmutableArray<Connection> needs) => settings.Common(new WorkerArgs
    {
        Image = app,
        Needs = needs,
        App = settings.App.Celery,
        Command = settings.Worker.Command,
        Concurrency = settings.Worker.Concurrency,
        Pool = settings.Worker.Pool,
        Queues = settings.Worker.Queues,
        NodeName = settings.Worker.NodeName,
        Probe = settings.Worker.Probe,
        SendsEvents = settings.Monitoring.Enabled,
        StopGrace = settings.Worker.Grace,
        Memory = settings.Worker.Memory,
        Cpus = settings.Worker.Cpus,
    });

    public static BeatArgs BeatArgs(this Settings settings, Image app, ImmutableArray<Connection> needs) => settings.Common(new BeatArgs
    {
        Image = app,
        Needs = needs,
        App = settings.App.Celery,
        Command = settings.Beat.Command,
        Schedule = settings.Beat.Schedule,
        Probe = settings.Beat.Probe,
        Memory = settings.Beat.Memory,
        Cpus = settings.Beat.Cpus,
    });

    public static FlowerArgs FlowerArgs(this Settings settings, Image app, ImmutableArray<Connection> needs) => settings.Common(new FlowerArgs
    {
        Image = app,
        Needs = needs,
        App = settings.App.Celery,
        Port = settings.Flower.Port,
        Probe = settings.Flower.Probe,
        Memory = settings.Flower.Memory,
        Cpus = settings.Flower.Cpus,
    });

    public static CeleryMetricsArgs CeleryMetricsArgs(this Settings settings, Image app, ImmutableArray<Connection> needs) =>
        settings.Common(
            new CeleryMetricsArgs
            {
                Image = app,
                Needs = needs,
                App = settings.App.Celery,
                Queues = settings.Worker.Queues,
                Memory = Size.MiB(192),
                Cpus = Cpu.Cores(0.25m),
            }
        );

    public static MigrationsArgs MigrationsArgs(this Settings settings, Image app, ImmutableArray<Connection> needs)
        => settings.Common(new MigrationsArgs { Image = app, Needs = needs, Command = settings.App.Migrate });

    // Two of the largest bodies that are let through, which an application spools there.
    private static Size Temporary(this Settings settings)
    {
        Size[] bodies =
        [
            settings.Proxy.Enabled ? settings.Proxy.MaxBody : default,
            settings.Systems.Kind == SystemKind.CreatorHub ? settings.Systems.Gateway.Body : default,
        ];
        return new Size(Math.Max(Size.MiB(64).Bytes, 2 * bodies.Max(body => body.Bytes)));
    }

    private static T Common<T>(this Settings settings, T args) where T : AppArgs => args with
    {
        Environment = settings.App.Environment,
        Public = settings.App.Public,
        Secrets = settings.App.Secrets,
        Delivery = settings.App.Delivery,
        Entrypoint = settings.App.Entrypoint,
        HasShell = settings.App.Build.Runtime != ImageRuntime.Distroless,
        ReadOnly = settings.App.ReadOnly ?? settings.Environment == EnvironmentKind.Prod,
        Mounts = [.. settings.App.Volumes],
    };
}
