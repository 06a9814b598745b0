using System.Collections.Immutable;

namespace Infra.Stacks.Configuration;

/// <summary>A service of a system.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="IsOptional">Whether it runs only where the settings name it.</param>
internal sealed record SystemService(string Name, string Kind, bool IsOptional = false);

/// <summary>The services that each ready system has, and settings may adjust.</summary>
internal static class SystemServices
{
    /// <summary>Those of a system, in the order in which it makes them.</summary>
    public static ImmutableArray<SystemService> Of(SystemKind system) =>
        system switch
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
                new("app", "web"),
                new("worker", "worker"),
                new("beat", "beat"),
                new("flower", "flower", IsOptional: true),
            ],
            SystemKind.CreatorHub =>
            [
                new("postgres", "postgres"),
                new("redis", "redis"),
                new("auth-service", "web"),
                new("creator-hub-service", "web"),
                new("ai-engine-service", "web"),
                new("channel-service", "web"),
            ],
            SystemKind.Marketplace =>
            [
                new("postgres", "postgres"),
                new("redis", "redis"),
                new("web", "web"),
                new("celery", "worker"),
                new("celery-beat", "beat"),
            ],
            SystemKind.Paqueteria => [new("redis", "redis"), new("app", "web"), new("celery_worker", "worker"), new("celery_beat", "beat")],
            _ => throw new ArgumentOutOfRangeException(nameof(system)),
        };
}
