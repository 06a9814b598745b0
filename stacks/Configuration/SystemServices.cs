using System.Collections.Immutable;
using Infra.Components.Proxies;

namespace Infra.Stacks.Configuration;

/// <summary>A service of a system.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind.</param>
public sealed record SystemService(string Name, string Kind)
{
    /// <summary>Whether it runs only where the settings name it.</summary>
    public bool IsOptional { get; init; }

    /// <summary>Whether the others do not work without it.</summary>
    public bool IsNeeded { get; init; }

    /// <summary>The keys that the system sets itself.</summary>
    public ImmutableArray<string> Fixed { get; init; } = [];
}

/// <summary>The services that each ready system has, and settings may adjust.</summary>
public static class SystemServices
{
    // Each has a Dockerfile of its own, and the gateway before it.
    private static readonly ImmutableArray<string> OfHub = ["command", "entrypoint", "containerPort", "port", "health", "client", "reload"];

    /// <summary>Where the gateway of <c>creator-hub</c> leads.</summary>
    public static ImmutableArray<SiteRoute> HubRoutes { get; } =
    [
        new ServiceRoute("/auth", "auth-service") { Strip = true },
        new ServiceRoute("/hub", "creator-hub-service") { Strip = true },
        new ServiceRoute("/ai", "ai-engine-service") { Strip = true },
        new ServiceRoute("/channel", "channel-service") { Strip = true },
    ];

    /// <summary>Those of a system, in the order in which it makes them.</summary>
    public static ImmutableArray<SystemService> Of(SystemKind system) => system switch
    {
        SystemKind.Hexagonal =>
        [
            new("db", "postgres"),
            new("redis", "redis"),
            new("rabbit", "rabbitmq"),
            new("backend", "web"),
            new("celery_worker", "worker"),
        ],
        SystemKind.Mikrom =>
        [
            new("postgres", "postgres"),
            new("redis", "redis"),
            new("app", "web") { Fixed = ["reload"] },
            new("worker", "worker") { Fixed = ["reload"] },
            new("beat", "beat") { Fixed = ["reload"] },
            new("flower", "flower") { IsOptional = true, Fixed = ["reload"] },
        ],
        SystemKind.CreatorHub =>
        [
            new("postgres", "postgres") { IsNeeded = true },
            new("redis", "redis") { IsNeeded = true, Fixed = ["broker"] },
            .. new[] { "auth-service", "creator-hub-service", "ai-engine-service", "channel-service" }
                .Select(name => new SystemService(name, "web") { IsNeeded = true, Fixed = OfHub }),
        ],
        SystemKind.Marketplace =>
        [
            new("postgres", "postgres"),
            new("redis", "redis"),
            new("web", "web"),
            new("celery", "worker"),
            new("celery-beat", "beat"),
        ],
        SystemKind.Paqueteria =>
        [
            new("redis", "redis"),
            new("app", "web") { IsNeeded = true },
            new("celery_worker", "worker") { IsNeeded = true },
            new("celery_beat", "beat"),
        ],
        _ => throw new ArgumentOutOfRangeException(nameof(system)),
    };
}
