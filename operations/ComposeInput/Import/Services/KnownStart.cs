using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>How published images start, and whether they read secrets from files themselves, as their documentation has it.</summary>
internal static class KnownStart
{
    // VARIABLE_FILE leads to a file in each of these.
    private static readonly string[] ReadFiles =
    [
        "mysql", "mariadb", "percona", "mongo", "mongo-express", "influxdb", "minio/minio", "dpage/pgadmin4", "elasticsearch", "nextcloud",
        "wordpress",
        "postgres", "supabase/postgres", "timescale/timescaledb-ha", "redash",
    ];

    private static readonly (string Name, string[] Entrypoint, string[] Command)[] Starts =
    [
        ("keycloak/keycloak", ["/opt/keycloak/bin/kc.sh"], []),
        ("grafana/grafana", ["/run.sh"], []),
        ("grafana/grafana-oss", ["/run.sh"], []),
        ("clickhouse/clickhouse-server", ["/entrypoint.sh"], []),
        ("opensearchproject/opensearch", ["./opensearch-docker-entrypoint.sh"], ["opensearch"]),
        ("opensearchproject/opensearch-dashboards", ["./opensearch-dashboards-docker-entrypoint.sh"], ["opensearch-dashboards"]),
        ("getmeili/meilisearch", ["tini", "--"], ["/bin/meilisearch"]),
        ("neo4j", ["tini", "-g", "--", "/startup/docker-entrypoint.sh"], ["neo4j"]),
        ("mher/flower", ["celery"], ["flower"]),
        ("metabase/metabase", ["/app/run_metabase.sh"], []),
        ("n8nio/n8n", ["tini", "--", "/docker-entrypoint.sh"], []),
        ("localstack/localstack", ["docker-entrypoint.sh"], []),
        ("rabbitmq", ["docker-entrypoint.sh"], ["rabbitmq-server"]),
        ("redis", ["docker-entrypoint.sh"], ["redis-server"]),
        ("valkey/valkey", ["docker-entrypoint.sh"], ["valkey-server"]),
        ("qdrant/qdrant", [], ["./entrypoint.sh"]),
        ("nginx", ["/docker-entrypoint.sh"], ["nginx", "-g", "daemon off;"]),
        ("adminer", ["entrypoint.sh"], ["docker-php-entrypoint", "php", "-S", "[::]:8080", "-t", "/var/www/html"]),
    ];

    /// <summary>Whether the image takes <c>NAME_FILE</c> for <c>NAME</c>.</summary>
    public static bool ReadsFiles(string image)
    {
        var name = NameOf(image);
        return name.StartsWith("bitnami", StringComparison.Ordinal)
            || ReadFiles.Any(each => name == each || name.EndsWith("/" + each, StringComparison.Ordinal));
    }

    /// <summary>Its ENTRYPOINT and CMD; nothing where they are not known here.</summary>
    public static ImageStart? Of(string image)
    {
        var name = NameOf(image);
        foreach (var (known, entrypoint, command) in Starts)
            if (name == known || name.EndsWith("/" + known, StringComparison.Ordinal)) return new ImageStart([.. entrypoint], [.. command]);
        return null;
    }

    private static string NameOf(string image) => PinnedImage.Parse(image).Repository;
}

/// <summary>How an image starts.</summary>
/// <param name="Entrypoint">Its ENTRYPOINT; empty where it has none.</param>
/// <param name="Command">Its CMD; empty where it has none.</param>
public sealed record ImageStart(ImmutableArray<string> Entrypoint, ImmutableArray<string> Command);
