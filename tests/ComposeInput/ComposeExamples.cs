namespace Infra.Tests.ComposeInput;

/// <summary>For each rule a Compose file that breaks it, the finding's beginning, and one that comes near and is right.</summary>
internal static partial class ComposeExamples
{
    public sealed record Example(string Rule, string Breaks, string Found, string Keeps);

    public static IReadOnlyList<Example> All { get; } =
    [
        new("PINNED-IMAGE", "db: { image: caddy:latest }", "warning PINNED-IMAGE db: the tag of 'caddy:latest' moves", "db: { image: caddy:2.8.4 }"),
        new(
            "PINNED-IMAGE",
            "db: { image: mysql }",
            "error PINNED-IMAGE db: 'mysql:latest' is the newest version of another day",
            "db: { image: mysql:8.4.2 }"
        ),
        new(
            "HEALTHCHECK",
            "db: { image: redis:7.4 }",
            "warning HEALTHCHECK db: no health check, so",
            "db: { image: redis:7.4, healthcheck: { test: redis-cli ping } }"
        ),
        new(
            "HEALTHCHECK",
            "db: { image: acme/shop:1.2 }",
            "warning HEALTHCHECK db: no health check in this file: unless its image has one",
            "db: { image: dragonflydb/dragonfly:v1.2 }"
        ),
        new(
            "HEALTHCHECK",
            "db: { image: redis:7.4, healthcheck: { test: redis-cli ping || true } }",
            "error HEALTHCHECK db: its probe 'sh -c redis-cli ping || true' cannot fail.",
            "db: { image: redis:7.4, healthcheck: { test: redis-cli ping || exit 1 } }"
        ),
        new("RESTART", "db: { image: redis:7.4 }", "warning RESTART db: no restart policy", "db: { image: redis:7.4, restart: 'no' }"),
        new(
            "PROBE-PROGRAM",
            "web: { build: ., healthcheck: { test: curl -f http://localhost:8000/ } }",
            "error PROBE-PROGRAM web: its probe runs 'curl', which is not in its image (python:3.13-slim, and its Dockerfile installs none)",
            "web: { image: nginx:1.27.1, healthcheck: { test: curl -f http://localhost/ } }"
        ),
        new(
            "PROBE-PROGRAM",
            "web: { image: traefik:v3.1, healthcheck: { test: [CMD, curl, http://localhost:8080/ping] } }",
            "error PROBE-PROGRAM web: its probe runs 'curl', which is not in its image (traefik:v3.1): it never gets healthy. Ask with 'wget",
            "web: { image: traefik:v3.1, healthcheck: { test: [CMD, wget, -q, --spider, http://localhost:8080/ping] } }"
        ),
        new(
            "LOOPBACK-PORTS",
            "db: { image: postgres:17.2, ports: ['5432:5432'] }",
            "error LOOPBACK-PORTS db: port 5432 is published on 0.0.0.0, past the host's firewall, to every machine",
            "db: { image: postgres:17.2, ports: ['127.0.0.1:5432:5432'] }"
        ),
        new(
            "LOOPBACK-PORTS",
            "web: { image: acme/shop:1.2, ports: ['8000:8000', '9000:9000'] }",
            "warning LOOPBACK-PORTS web: ports 8000, 9000 are published",
            "web: { image: caddy:2.8.4, command: caddy run, ports: ['443:443'] }"
        ),
        new(
            "RANDOM-PORT",
            "web: { image: acme/shop:1.2, ports: ['8000'] }",
            "warning RANDOM-PORT web: port 8000",
            "web: { image: acme/shop:1.2, expose: ['8000'] }"
        ),
        new(
            "SHARED-IMAGE",
            "web: { build: . }\n  worker: { build: ., command: celery -A a worker }",
            "warning SHARED-IMAGE web, worker (line 3): the same image is built 2 times from ./Dockerfile",
            "web: { build: ., image: shop }\n  worker: { image: shop, command: celery -A a worker }"
        ),
        new(
            "LIMITS",
            "worker: { image: acme/shop:1.2, command: celery -A a worker }",
            "warning LIMITS worker: it may use all of the machine's memory, all of its processors and any number of processes.",
            "worker: { image: acme/shop:1.2, command: celery -A a worker, mem_limit: 512m }"
        ),
        new(
            "WORKER-PROCESSES",
            "worker: { image: acme/shop:1.2, command: celery -A a worker }",
            "warning WORKER-PROCESSES worker: without '--concurrency'",
            "worker: { image: acme/shop:1.2, command: celery -A a worker -c 2 }"
        ),
        new(
            "STOP-GRACE",
            "worker: { image: acme/shop:1.2, command: celery -A a worker }",
            "warning STOP-GRACE worker: it is killed 10 s after it was asked to stop, with tasks still running.",
            "worker: { image: acme/shop:1.2, command: celery -A a worker, stop_grace_period: 5m }"
        ),
        new(
            "ONE-BEAT",
            "one: { image: acme/shop:1.2, command: celery -A a beat }\n  two: { image: acme/shop:1.2, command: celery -A a beat }",
            "error ONE-BEAT one, two (line 3): 2 services schedule the tasks of one application",
            "one: { image: acme/shop:1.2, command: celery -A a beat, profiles: [a] }\n"
                + "  two: { image: acme/shop:1.2, command: celery -A a beat, profiles: [b] }"
        ),
        new(
            "UNPRIVILEGED",
            "ui: { image: acme/ui:1.2, volumes: ['/var/run/docker.sock:/var/run/docker.sock:ro'], "
                + "cap_drop: [ALL], security_opt: [no-new-privileges:true] }",
            "error UNPRIVILEGED ui: it has the host's '/var/run/docker.sock', and with it the container engine",
            "ui: { image: acme/ui:1.2, cap_drop: [ALL], security_opt: [no-new-privileges:true] }"
        ),
        new(
            "UNPRIVILEGED",
            "ui: { image: acme/ui:1.2, privileged: true, cap_drop: [ALL], security_opt: [no-new-privileges:true] }",
            "error UNPRIVILEGED ui: it is privileged",
            "ui: { image: acme/ui:1.2, privileged: false, cap_drop: [ALL], security_opt: [no-new-privileges:true] }"
        ),
        new(
            "UNPRIVILEGED",
            "ui: { image: acme/ui:1.2, network_mode: host, cap_drop: [ALL], security_opt: [no-new-privileges:true] }",
            "warning UNPRIVILEGED ui: it is on the host's own network",
            "ui: { image: prom/node-exporter:v1.8.2, pid: host, network_mode: host, cap_drop: [ALL], security_opt: [no-new-privileges:true] }"
        ),
        new(
            "SECRETS-NOT-IN-ENV",
            "db: { image: postgres:17.2, environment: { POSTGRES_PASSWORD: hunter2 } }",
            "error SECRETS-NOT-IN-ENV db: the variable 'POSTGRES_PASSWORD' looks like a credential, written down in this file. "
                + "Hand it over as a file: 'POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password'",
            "db: { image: postgres:17.2, environment: { POSTGRES_PASSWORD_FILE: /run/secrets/password } }"
        ),
        new(
            "SECRETS-NOT-IN-ENV",
            "db: { image: postgres:17.2, environment: ['POSTGRES_PASSWORD=${PASSWORD_OF_DB:-hunter2}'] }",
            "error SECRETS-NOT-IN-ENV db: the variable 'POSTGRES_PASSWORD' looks like a credential, and where 'PASSWORD_OF_DB' is not set",
            "db: { image: postgres:17.2, environment: ['POSTGRES_PASSWORD=${PASSWORD_OF_DB:-}'] }"
        ),
        new(
            "SECRETS-NOT-IN-ENV",
            "db: { image: acme/shop:1.2, env_file: [.env.app] }",
            "warning SECRETS-NOT-IN-ENV db: the variable 'API_TOKEN', from 'env_file', looks like a credential",
            "db: { image: acme/shop:1.2 }"
        ),
        new(
            "SECRETS-NOT-IN-ENV",
            "db: { image: redis:7.4, command: redis-server --requirepass hunter2 }",
            "warning SECRETS-NOT-IN-ENV db: its command has a password behind '--requirepass'",
            "db: { image: redis:7.4, command: redis-server /etc/redis.conf }"
        ),
        .. More,
    ];
}
