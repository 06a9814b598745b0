using Infra.Model;

namespace Infra.Components.Parts;

/// <summary>Every third-party image, by exact version. The verb <c>pin</c> adds digests where a registry answers.</summary>
public static class Images
{
    /// <summary>PostgreSQL.</summary>
    public static PinnedImage Postgres { get; } = new("postgres", "18.6-alpine");

    /// <summary>PostgreSQL of the major version before, for data that are not moved yet.</summary>
    public static PinnedImage PostgresBefore { get; } = new("postgres", "17.11-alpine");

    /// <summary>PgBouncer.</summary>
    public static PinnedImage PgBouncer { get; } = new("edoburu/pgbouncer", "v1.25.2-p0");

    /// <summary>Redis.</summary>
    public static PinnedImage Redis { get; } = new("redis", "8.10.1-alpine");

    /// <summary>Valkey; Debian has the same minor version.</summary>
    public static PinnedImage Valkey { get; } = new("valkey/valkey", "8.1.8-alpine");

    /// <summary>RabbitMQ with its management plugin; 4.3 takes data from 4.2 alone, so 4.2 comes first.</summary>
    public static PinnedImage RabbitMq { get; } = new("rabbitmq", "4.2.9-management-alpine");

    /// <summary>PostgreSQL with PostGIS.</summary>
    public static PinnedImage PostGis { get; } = new("postgis/postgis", "15-3.3");

    /// <summary>Some of AWS' services on one's own machine; what came after this version asks for an account.</summary>
    public static PinnedImage LocalStack { get; } = new("localstack/localstack", "4.14.0");

    /// <summary>Language models on one's own machine.</summary>
    public static PinnedImage Ollama { get; } = new("ollama/ollama", "0.11.10");

    /// <summary>The vector store.</summary>
    public static PinnedImage Chroma { get; } = new("chromadb/chroma", "1.0.20");

    /// <summary>The web server and proxy.</summary>
    public static PinnedImage Caddy { get; } = new("caddy", "2.11.4-alpine");

    /// <summary>Prometheus.</summary>
    public static PinnedImage Prometheus { get; } = new("prom/prometheus", "v3.13.2");

    /// <summary>Alertmanager.</summary>
    public static PinnedImage Alertmanager { get; } = new("prom/alertmanager", "v0.34.1");

    /// <summary>Grafana.</summary>
    public static PinnedImage Grafana { get; } = new("grafana/grafana", "13.2.3");

    /// <summary>The node exporter.</summary>
    public static PinnedImage NodeExporter { get; } = new("prom/node-exporter", "v1.12.1");

    /// <summary>The Postgres exporter.</summary>
    public static PinnedImage PostgresExporter { get; } = new("quay.io/prometheuscommunity/postgres-exporter", "v0.20.1");

    /// <summary>The Redis exporter, in the variant that has a shell and wget.</summary>
    public static PinnedImage RedisExporter { get; } = new("oliver006/redis_exporter", "v1.89.0-alpine");
}
