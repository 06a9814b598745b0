using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Operations.ComposeInput.Recognition;

/// <summary>What is known of a published image by its name alone.</summary>
/// <param name="Kind">What it is, as a kind of service of the settings; <c>container</c> where there is no kind for it.</param>
/// <param name="Role">What it does in an application.</param>
/// <param name="Names">The repositories, without a registry's host and <c>library/</c>: <c>postgres</c>, <c>postgis/postgis</c>.</param>
public sealed record KnownImage(string Kind, ServiceRole Role, params ImmutableArray<string> Names)
{
    /// <summary>Where it keeps what must outlive it, as its image's documentation has it.</summary>
    public ImmutableArray<string> StatePaths { get; init; } = [];

    /// <summary>
    /// Whether it has a contract of its own (variables, folders, users): then it runs as what it is, but not under the kind's own settings.
    /// </summary>
    public bool HasOwnContract { get; init; }

    /// <summary>The port that it listens on; 0 where it has several, or none.</summary>
    public int Port { get; init; }

    /// <summary>Whether the image has a probe of its own (HEALTHCHECK in its Dockerfile); most published ones have none.</summary>
    public bool HasProbe { get; init; }

    private static readonly KnownImage Postgres = new("postgres", ServiceRole.Database) { Port = 5432 };

    private static readonly KnownImage OtherPostgres = Postgres with { HasOwnContract = true };

    private static readonly KnownImage Cache = new("redis", ServiceRole.Cache) { Port = 6379 };

    private static readonly KnownImage Proxy = new("container", ServiceRole.Proxy);

    /// <summary>All of them.</summary>
    public static ImmutableArray<KnownImage> List { get; } =
    [
        // Where the data lie depends on the version: PostgresLayout.
        Postgres with
        {
            Names = ["postgres", "postgis/postgis", "pgvector/pgvector", "timescale/timescaledb", "imresamu/postgis", "ankane/pgvector"],
        },
        OtherPostgres with { Names = ["bitnami/postgresql", "bitnamilegacy/postgresql"], StatePaths = ["/bitnami/postgresql"] },
        OtherPostgres with { Names = ["timescale/timescaledb-ha"], StatePaths = ["/home/postgres/pgdata/data"] },
        OtherPostgres with { Names = ["supabase/postgres"], StatePaths = ["/var/lib/postgresql/data"], HasProbe = true },
        OtherPostgres with { Names = ["pgautoupgrade/pgautoupgrade"], StatePaths = ["/var/lib/postgresql"] },
        new("pgbouncer", ServiceRole.Pool, "edoburu/pgbouncer") { Port = 5432 },
        new("pgbouncer", ServiceRole.Pool, "bitnami/pgbouncer", "pgbouncer/pgbouncer") { Port = 6432, HasOwnContract = true },
        Cache with { Names = ["redis"] },
        Cache with { Kind = "valkey", Names = ["valkey/valkey"] },
        Cache with { Kind = "valkey", HasOwnContract = true, Names = ["bitnami/valkey", "bitnamilegacy/valkey"] },
        Cache with
        {
            HasOwnContract = true,
            Names =
            [
                "redis/redis-stack", "redis/redis-stack-server", "bitnami/redis", "bitnamilegacy/redis", "eqalpha/keydb",
            ],
        },
        Cache with { HasOwnContract = true, Names = ["dragonflydb/dragonfly", "docker.dragonflydb.io/dragonflydb/dragonfly"], HasProbe = true },
        new("container", ServiceRole.Cache, "memcached", "bitnami/memcached") { Port = 11211 },
        new("rabbitmq", ServiceRole.Broker, "rabbitmq") { Port = 5672, StatePaths = ["/var/lib/rabbitmq"] },
        new("rabbitmq", ServiceRole.Broker, "bitnami/rabbitmq", "bitnamilegacy/rabbitmq")
        {
            HasOwnContract = true,
            Port = 5672,
            StatePaths = ["/bitnami/rabbitmq/mnesia"],
        },
        new("container", ServiceRole.Database, "mysql", "mariadb", "percona") { Port = 3306, StatePaths = ["/var/lib/mysql"] },
        new("container", ServiceRole.Database, "mongo") { Port = 27017, StatePaths = ["/data/db"] },
        new("container", ServiceRole.Database, "elasticsearch", "elasticsearch/elasticsearch", "docker.elastic.co/elasticsearch/elasticsearch")
        {
            Port = 9200,
            StatePaths = ["/usr/share/elasticsearch/data"],
        },
        new("container", ServiceRole.Database, "opensearchproject/opensearch") { Port = 9200, StatePaths = ["/usr/share/opensearch/data"] },
        new("container", ServiceRole.Database, "clickhouse/clickhouse-server", "clickhouse") { Port = 8123, StatePaths = ["/var/lib/clickhouse"] },
        new("container", ServiceRole.Database, "influxdb") { Port = 8086, StatePaths = ["/var/lib/influxdb2"] },
        new("container", ServiceRole.Database, "neo4j") { Port = 7687, StatePaths = ["/data"] },
        new("container", ServiceRole.Database, "qdrant/qdrant") { Port = 6333, StatePaths = ["/qdrant/storage"] },
        new("container", ServiceRole.Database, "getmeili/meilisearch") { Port = 7700, StatePaths = ["/meili_data"] },
        new("container", ServiceRole.Database, "minio/minio", "quay.io/minio/minio") { Port = 9000, StatePaths = ["/data"] },
        new("flower", ServiceRole.Monitoring, "mher/flower") { Port = 5555 },
        new("container", ServiceRole.Monitoring, "prom/prometheus") { Port = 9090, StatePaths = ["/prometheus"] },
        new("container", ServiceRole.Monitoring, "grafana/grafana", "grafana/grafana-oss") { Port = 3000, StatePaths = ["/var/lib/grafana"] },
        new("container", ServiceRole.Monitoring, "prom/node-exporter", "quay.io/prometheus/node-exporter", "prom/alertmanager"),
        new("container", ServiceRole.Other, "maildev/maildev", "axllent/mailpit", "mailhog/mailhog", "adminer", "dpage/pgadmin4", "ollama/ollama",
            "localstack/localstack", "rediscommander/redis-commander", "selenium/standalone-chrome", "busybox", "alpine", "bash"),
        new("container", ServiceRole.Monitoring, "grafana/loki") { Port = 3100, StatePaths = ["/loki"] },
        new("container", ServiceRole.Monitoring, "grafana/promtail", "grafana/alloy", "timberio/vector", "telegraf", "fluent/fluent-bit",
            "netdata/netdata", "otel/opentelemetry-collector", "otel/opentelemetry-collector-contrib"),
        new("container", ServiceRole.Monitoring, "gcr.io/cadvisor/cadvisor", "google/cadvisor") { Port = 8080, HasProbe = true },
        Proxy with
        {
            Names =
            [
                "nginx", "nginxinc/nginx-unprivileged", "traefik", "caddy", "haproxy", "envoyproxy/envoy", "nginxproxy/nginx-proxy",
                "jwilder/nginx-proxy", "jc21/nginx-proxy-manager", "lucaslorentz/caddy-docker-proxy", "openresty/openresty", "bitnami/nginx",
            ],
        },
    ];

    /// <summary>What is known of an image; nothing where its name says nothing.</summary>
    public static KnownImage? Find(string reference) =>
        List.FirstOrDefault(known => known.Names.Contains(Bare(reference)));

    /// <summary>An image's repository as the usual registry calls it: <c>docker.io/library/redis:7</c> is <c>redis</c>.</summary>
    public static string Bare(string reference)
    {
        var name = PinnedImage.Parse(reference).Repository;
        foreach (var host in (string[])["docker.io/", "index.docker.io/", "registry-1.docker.io/", "mirror.gcr.io/", "public.ecr.aws/docker/"])
            if (name.StartsWith(host, StringComparison.Ordinal)) name = name[host.Length..];
        return name.StartsWith("library/", StringComparison.Ordinal) ? name["library/".Length..] : name;
    }
}
