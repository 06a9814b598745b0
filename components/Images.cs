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

    /// <summary>Prometheus.</summary>
    public static PinnedImage Prometheus { get; } = new("prom/prometheus", "v3.5.0");

    /// <summary>Alertmanager.</summary>
    public static PinnedImage Alertmanager { get; } = new("prom/alertmanager", "v0.28.1");

    /// <summary>Grafana.</summary>
    public static PinnedImage Grafana { get; } = new("grafana/grafana", "12.1.1");

    /// <summary>The node exporter.</summary>
    public static PinnedImage NodeExporter { get; } = new("prom/node-exporter", "v1.9.1");

    /// <summary>The Postgres exporter.</summary>
    public static PinnedImage PostgresExporter { get; } = new("quay.io/prometheuscommunity/postgres-exporter", "v0.17.1");

    /// <summary>The Redis exporter, in the variant that has a shell and wget.</summary>
    public static PinnedImage RedisExporter { get; } = new("oliver006/redis_exporter", "v1.74.0-alpine");

    /// <summary>Caddy.</summary>
    public static PinnedImage Caddy { get; } = new("caddy", "2.10.2-alpine");
}
