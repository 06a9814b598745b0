namespace Infra.Tests.ComposeInput;

/// <summary>Waits, data, ports and what else there is.</summary>
internal static partial class ComposeExamples
{
    private static IEnumerable<Example> More =>
    [
        new(
            "WAITS-UNTIL-READY",
            "web: { image: acme/shop:1.2, depends_on: [db] }\n  db: { image: redis:7.4, healthcheck: { test: redis-cli ping } }",
            "warning WAITS-UNTIL-READY web: waits until 'db' has started, and not until it is healthy.",
            "web: { image: acme/shop:1.2, depends_on: { db: { condition: service_healthy } } }\n"
                + "  db: { image: redis:7.4, healthcheck: { test: redis-cli ping } }"
        ),
        new(
            "WAITS-UNTIL-READY",
            "web: { build: ., depends_on: [migrate] }\n  migrate: { build: ., command: python manage.py migrate }",
            "warning WAITS-UNTIL-READY web: waits until 'migrate' has started, and not until it has ended.",
            "web: { build: ., depends_on: { migrate: { condition: service_completed_successfully } } }\n"
                + "  migrate: { build: ., command: python manage.py migrate }"
        ),
        new(
            "WAITS-HAVE-PROBES",
            "web: { image: acme/shop:1.2, depends_on: { db: { condition: service_healthy } } }\n  db: { image: redis:7.4 }",
            "error WAITS-HAVE-PROBES web: waits for 'db' to be healthy, but 'db' has no health check. Give 'db' a 'healthcheck'",
            "web: { image: acme/shop:1.2, depends_on: { db: { condition: service_healthy } } }\n  db: { image: dragonflydb/dragonfly:v1.2 }"
        ),
        new(
            "PERSISTENT-STATE",
            "db: { image: postgres:18.1, volumes: ['data:/var/lib/postgresql/data'] }\nvolumes: { data: }",
            "error PERSISTENT-STATE db: Postgres 18 refuses to start with a volume at '/var/lib/postgresql/data'",
            "db: { image: postgres:18.1, volumes: ['data:/var/lib/postgresql'] }\nvolumes: { data: }"
        ),
        new(
            "PERSISTENT-STATE",
            "db: { image: postgres:16.4, volumes: ['data:/var/lib/postgresql'] }\nvolumes: { data: }",
            "error PERSISTENT-STATE db: Postgres 16 keeps its data in '/var/lib/postgresql/data'",
            "db: { image: postgres:16.4, volumes: ['data:/var/lib/postgresql/data'] }\nvolumes: { data: }"
        ),
        new(
            "PERSISTENT-STATE",
            "db: { image: postgres, volumes: ['data:/var/lib/postgresql/data'] }\nvolumes: { data: }",
            "error PERSISTENT-STATE db: without a version this is the newest Postgres, and from 18 on it refuses to start",
            "db: { image: postgres:17.2, volumes: ['data:/var/lib/postgresql/data'] }\nvolumes: { data: }"
        ),
        new(
            "PERSISTENT-STATE",
            "db: { image: mysql:8.4.2, volumes: [/var/lib/mysql] }",
            "error PERSISTENT-STATE db: the data in '/var/lib/mysql' are on no volume with a name",
            "db: { image: mysql:8.4.2, volumes: ['data:/var/lib/mysql'] }\nvolumes: { data: }"
        ),
        new(
            "PERSISTENT-STATE",
            "cache: { image: redis:7.4 }\n  worker: { image: acme/shop:1.2, command: rq worker }",
            "warning PERSISTENT-STATE cache: the tasks that are queued in it are on no volume with a name",
            "cache: { image: redis:7.4, volumes: ['data:/data'] }\n  worker: { image: acme/shop:1.2, command: rq worker }\nvolumes: { data: }"
        ),
        new(
            "PERSISTENT-STATE",
            "beat: { image: acme/shop:1.2, command: celery -A a beat }",
            "warning PERSISTENT-STATE beat: the file in which it keeps when it sent what lies in the container",
            "beat: { image: acme/shop:1.2, command: celery -A a beat -S django }"
        ),
        new(
            "ANONYMOUS-VOLUME",
            "web: { image: acme/shop:1.2, volumes: [/srv/media] }",
            "warning ANONYMOUS-VOLUME web: the volume at '/srv/media' has no name",
            "web: { image: acme/shop:1.2, volumes: ['./web:/srv', /srv/node_modules] }"
        ),
        new(
            "STORE-PASSWORD",
            "db: { image: mongo:7.0, ports: ['27017:27017'] }",
            "error STORE-PASSWORD db: MongoDB asks for no password",
            "db: { image: mongo:7.0, environment: { MONGO_INITDB_ROOT_USERNAME: root } }"
        ),
        new(
            "STORE-PASSWORD",
            "db: { image: redis:7.4 }",
            "warning STORE-PASSWORD db: it asks for no password",
            "db: { image: redis:7.4, command: redis-server --requirepass $$(cat /run/secrets/p) }"
        ),
        new(
            "OBSOLETE-KEY",
            "web: { image: a/b:1.2, links: [db] }\n  db: { image: redis:7.4 }",
            "warning OBSOLETE-KEY web: 'links'",
            "web: { image: a/b:1.2 }"
        ),
        new("FILES", "web: { build: { context: ., dockerfile: No } }", "error FILES web: there is no 'No' in '.'", "web: { build: . }"),
        new(
            "FILES",
            "web: { image: nginx:1.27.1, volumes: ['./no.conf:/etc/nginx/nginx.conf'] }",
            "warning FILES web: the file 'no.conf' is not there",
            "web: { image: nginx:1.27.1, volumes: ['./logs:/var/log/nginx'] }"
        ),
        new(
            "UNIQUE-NAMES",
            "web: { image: a/b:1.2, container_name: web }",
            "warning UNIQUE-NAMES web: 'container_name' is a name of",
            "web: { image: a/b:1.2 }"
        ),
        new("PLATFORM", "web: { image: a/b:1.2, platform: linux/amd64 }", "warning PLATFORM web: it runs on linux/amd64", "web: { image: a/b:1.2 }"),
        new(
            "PROJECT-ROOT",
            "web: { build: ., volumes: ['.:/app'] }",
            "warning PROJECT-ROOT web: it mounts '.'",
            "web: { build: ., volumes: ['./src:/app'] }"
        ),
        new(
            "NO-PORT-CLASH",
            "a: { image: a/b:1.2, ports: ['80:80'] }\n  b: { image: a/b:1.2, ports: ['80:81'] }",
            "error NO-PORT-CLASH b: it publishes 0.0.0.0:80/tcp, and 'a' publishes 0.0.0.0:80/tcp.",
            "a: { image: a/b:1.2, ports: ['80:80'], profiles: [a] }\n  b: { image: a/b:1.2, ports: ['80:81'], profiles: [b] }"
        ),
        new(
            "REACHABLE",
            "web: { image: acme/shop:1.2, command: uvicorn a:b --host 127.0.0.1 --port 8000 }",
            "error REACHABLE web: 'uvicorn' listens on 127.0.0.1, which nothing outside its container reaches. "
                + "Write '--host 0.0.0.0' in its command.",
            "web: { image: acme/shop:1.2, command: uvicorn a:b --host 0.0.0.0 --port 8000 }"
        ),
        new(
            "REPLICAS",
            "web: { image: acme/shop:1.2, command: uvicorn a:b --host 0.0.0.0, ports: ['80:8000'], deploy: { replicas: 2 } }",
            "error REPLICAS web: 2 of it are to run, and only one can have port 80.",
            "web: { image: acme/shop:1.2, command: uvicorn a:b --host 0.0.0.0, deploy: { replicas: 2 } }"
        ),
        new(
            "MOUNTS",
            "a: { image: postgres:17.2, volumes: ['data:/var/lib/postgresql/data'] }\n"
                + "  b: { image: postgres:17.2, volumes: ['data:/var/lib/postgresql/data'] }\nvolumes: { data: }",
            "error MOUNTS b: the volume 'data' is the state of 'a', and is mounted here too.",
            "a: { image: postgres:17.2, volumes: ['data:/var/lib/postgresql/data'] }\n"
                + "  b: { image: acme/backup:1.2, volumes: ['data:/from:ro'] }\nvolumes: { data: }"
        ),
        new(
            "LOG-ROTATION",
            "web: { image: a/b:1.2 }",
            "warning LOG-ROTATION web: its log grows without bound, unless",
            "web: { image: a/b:1.2, logging: { driver: local } }"
        ),
    ];
}
