using Infra.Model;

namespace Infra.Components;

/// <summary>Every third-party image, by exact version. The verb <c>pin</c> adds digests where a registry answers.</summary>
public static class Images
{
    /// <summary>PostgreSQL.</summary>
    public static PinnedImage Postgres { get; } = new("postgres", "17.6-alpine");

    /// <summary>Redis.</summary>
    public static PinnedImage Redis { get; } = new("redis", "8.0.3-alpine");

    /// <summary>RabbitMQ with its management plugin.</summary>
    public static PinnedImage RabbitMq { get; } = new("rabbitmq", "4.1.4-management-alpine");

    /// <summary>Caddy.</summary>
    public static PinnedImage Caddy { get; } = new("caddy", "2.10.2-alpine");
}
