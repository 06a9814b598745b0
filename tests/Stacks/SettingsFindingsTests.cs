using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

public sealed class SettingsFindingsTests
{
    [Fact]
    public void The_kind_of_the_stack_must_be_set() =>
        SettingsOf.Problems("config: {}").Should().Be("Pulumi.dev.yaml infra:environment: It is not set. Set it to dev or prod.");

    [Theory]
    [InlineData("environment: test", "environment: 'test' is not one of dev, prod. Write one of dev, prod.")]
    [InlineData("images: docker", "images: 'docker' is not one of auto, registry, debian. Write one of auto, registry, debian.")]
    [InlineData("prefix: [a]", "prefix: This is not a text. Write a text.")]
    [InlineData("app: text", "app: This is not a map of settings. Write a map of settings.")]
    [InlineData("services: [a]", "services: This is not a map of services. Write a map of services.")]
    public void A_value_at_the_top_is_of_its_kind(string line, string message) =>
        SettingsOf
            .Problems($"config:\n  infra:{line}\n{(line.StartsWith("environment", StringComparison.Ordinal) ? "" : "  infra:environment: dev\n")}")
            .Should()
            .Be("Pulumi.dev.yaml:2:3 infra:" + message);

    [Theory]
    [InlineData("app", "context: [a]", "This is not a text. Write a text.")]
    [InlineData("app", "args: [a]", "This is not a map of names to texts. Write a map of names to texts.")]
    [InlineData("app", "source: src", "This is not a list. Write a list.")]
    [InlineData("app", "source: [{a: b}]", "This is not a list of texts. Write a list of texts.")]
    [InlineData("app", "secrets: {A: b}", "This is not a list. Write a list.")]
    [InlineData("app", "volumes: /data", "This is not a map of names to texts. Write a map of names to texts.")]
    [InlineData("app", "reload: no", "'no' is not one of mount, sync. Write one of mount, sync.")]
    [InlineData("app", "delivery: env", "'env' is not one of file, export. Write one of file, export.")]
    [InlineData("app", "readOnly: maybe", "'maybe' is not true or false. Write true or false.")]
    [InlineData("web", "command: {a: b}", "This is not a list of arguments, or one line. Write a list of arguments, or one line.")]
    [InlineData("web", "health: healthz", "'healthz' is not a path. Write '/healthz'.")]
    [InlineData("web", "metrics: stats/prometheus", "'stats/prometheus' is not a path. Write '/stats/prometheus'.")]
    [InlineData("web", "port: eighty", "'eighty' is not a whole number from 1 to 65535. Write a whole number from 1 to 65535.")]
    [InlineData("web", "port: 0", "'0' is not a whole number from 1 to 65535. Write a whole number from 1 to 65535.")]
    [InlineData("web", "port: 65536", "'65536' is not a whole number from 1 to 65535. Write a whole number from 1 to 65535.")]
    [InlineData("web", "port: [80]", "This is not a whole number from 1 to 65535. Write a whole number from 1 to 65535.")]
    [InlineData(
        "web",
        "memory: 512",
        "'512' is not a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB. Write a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB."
    )]
    [InlineData(
        "web",
        "memory: -1MiB",
        "'-1MiB' is not a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB. Write a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB."
    )]
    [InlineData(
        "web",
        "cpus: many",
        "'many' is not a number of cores from 0.01 to 1024, such as 0.5. Write a number of cores from 0.01 to 1024, such as 0.5."
    )]
    [InlineData("worker", "concurrency: 1.5", "'1.5' is not a whole number from 1 to 1000. Write a whole number from 1 to 1000.")]
    [InlineData("worker", "graceSeconds: 60s", "'60s' is not a whole number from 1 to 86400. Write a whole number from 1 to 86400.")]
    [InlineData("worker", "ask: http", "'http' is not one of heartbeat, ping. Write one of heartbeat, ping.")]
    [InlineData("flower", "enabled: 1", "'1' is not true or false. Write true or false.")]
    [InlineData(
        "redis",
        "eviction: lru",
        "'lru' is not one of no-eviction, volatile-lru, all-keys-lru. Write one of no-eviction, volatile-lru, all-keys-lru."
    )]
    [InlineData("rabbitmq", "managementPort: x", "'x' is not a whole number from 1 to 65535. Write a whole number from 1 to 65535.")]
    public void A_value_is_of_its_kind(string section, string line, string message)
    {
        var (text, where) = SettingsOf.With(section, line);

        SettingsOf.Problems(text).Should().Be($"Pulumi.dev.yaml{where}{message}");
    }

    [Fact]
    public void A_key_without_the_namespace_is_read_by_nobody() =>
        SettingsOf
            .Problems("config:\n  infra:environment: dev\n  proxy:\n    domain: localhost\n  aws:region: eu\n  motto: more\n")
            .Should()
            .Be("Pulumi.dev.yaml proxy: It does not begin with 'infra:', so it is ignored. Write 'infra:proxy'.");

    [Fact]
    public void A_secret_is_named_after_a_variable() =>
        SettingsOf
            .Problems("config:\n  infra:environment: dev\n  infra:app:\n    secrets: [STRIPE_KEY, A B, 2ND]\n")
            .Should()
            .Be(
                "Pulumi.dev.yaml:4:5 infra:app.secrets: 'A B' is not the name of a variable. Write letters, digits and '_', and no digit first.\n"
                    + "Pulumi.dev.yaml:4:5 infra:app.secrets: '2ND' is not the name of a variable. Write letters, digits and '_', and no digit first."
            );

    [Theory]
    [InlineData(
        "app",
        "environment: {X;touch pwned: a}",
        "app.environment.X;touch pwned: 'X;touch pwned' is not a name that a variable can have. Write letters, "
            + "digits, '_', '.' and '-', and no digit first."
    )]
    [InlineData("app", "public: [A B]", "app.public: 'A B' is not the name of a variable. Write letters, digits and '_', and no digit first.")]
    [InlineData(
        "web",
        "health: \"/x'; import os\"",
        "services.web.health: '/x'; import os' is not a path as a URL has it. Write other characters as %20 and the like."
    )]
    [InlineData("web", "metrics: '/m\"'", "services.web.metrics: '/m\"' is not a path as a URL has it. Write other characters as %20 and the like.")]
    [InlineData("proxy", "email: '\"a@b'", "proxy.email: '\"a@b' is not an e-mail address. Write one address, such as ops@example.com.")]
    [InlineData("proxy", "email: '#a@b'", "proxy.email: '#a@b' is not an e-mail address. Write one address, such as ops@example.com.")]
    [InlineData("proxy", "email: 'a@b`'", "proxy.email: 'a@b`' is not an e-mail address. Write one address, such as ops@example.com.")]
    [InlineData(
        "postgres",
        "user: my-user@x",
        "services.postgres.user: 'my-user@x' is not a name that every client understands. "
            + "Write at most 63 letters, digits, '_' and '-', a letter or '_' first."
    )]
    [InlineData("postgres", "user: pg_app", "services.postgres.user: 'pg_app' is kept for the store's own use. Choose another name.")]
    [InlineData(
        "postgres",
        "database: my db/1?x",
        "services.postgres.database: 'my db/1?x' is not a name that every client understands. "
            + "Write at most 50 letters, digits, '_' and '-', a letter or '_' first."
    )]
    [InlineData(
        "rabbitmq",
        "user: a:b@c",
        "services.rabbitmq.user: 'a:b@c' is not a name that every client understands. Write at most 63 letters, "
            + "digits, '_' and '-', a letter or '_' first."
    )]
    [InlineData("rabbitmq", "user: guest", "services.rabbitmq.user: 'guest' is kept for the store's own use. Choose another name.")]
    public void What_ends_in_a_program_is_what_that_understands(string section, string line, string message) =>
        SettingsOf.Problems(SettingsOf.With(section, line, "prod").Text).Should().EndWith($"infra:{message}");

    [Theory]
    [InlineData("services: {web: {health: '/x?deep=1&a=%20'}}")]
    [InlineData("proxy: {email: ops+tls@shop.example.com}")]
    [InlineData("services: {postgres: {user: shop-app, database: my_shop-2}}")]
    [InlineData("app: {environment: {MAP_TOKEN: abc}, public: [MAP_TOKEN]}")]
    public void And_no_more_is_refused(string section) =>
        SettingsOf.Problems($"config:\n  infra:environment: prod\n  infra:{section}\n").Should().BeEmpty();

    [Fact]
    public void A_value_in_a_map_is_a_text() =>
        SettingsOf
            .Problems("config:\n  infra:environment: dev\n  infra:app:\n    environment:\n      A: b\n      LIST: [1]\n")
            .Should()
            .Be("Pulumi.dev.yaml:6:7 infra:app.environment.LIST: This is not a text. Write a text.");

    [Theory]
    [InlineData("service: {}", "service: There is no such setting. Did you mean 'services'?")]
    [InlineData("services: {web: {prot: 80}}", "services.web.prot: There is no such setting. Did you mean 'port'?")]
    [InlineData("app: {build: {pyton: A}}", "app.build.pyton: There is no such setting. Did you mean 'python'?")]
    [InlineData(
        "services: {web: {probe: {colour: red}}}",
        "services.web.probe.colour: There is no such setting. Known here: command, file, fileAgeSeconds, http, image, "
            + "intervalSeconds, none, retries, startPeriodSeconds, tcp, timeoutSeconds."
    )]
    [InlineData("postgres-pasword: {secure: v1:abc}", "postgres-pasword: There is no such setting. Did you mean 'postgres-password'?")]
    [InlineData(
        "stripe-key: abc",
        "stripe-key: There is no such setting. Known here: alert-webhook, app, attempt, backup, chroma, containerNames, "
            + "deadman-webhook, environment, grafana-password, images, localstack, logging, monitoring, network, ollama, "
            + "postgres-password, prefix, proxy, rabbitmq-password, redis-password, services, system, volumes, waivers."
    )]
    public void An_unknown_key_is_told_with_the_nearest_one(string line, string message) =>
        SettingsOf
            .Problems($"config:\n  infra:environment: dev\n  infra:{line}\n")
            .Should()
            .EndWith("infra:" + message)
            .And.StartWith("Pulumi.dev.yaml:3:");

    [Theory]
    [InlineData("services: {secure: v1:abc}", "services")]
    [InlineData("prefix: {secure: v1:abc}", "prefix")]
    public void Only_a_secret_may_be_encrypted(string line, string key) =>
        SettingsOf
            .Problems($"config:\n  infra:environment: dev\n  infra:{line}\n")
            .Should()
            .Be($"Pulumi.dev.yaml:3:3 infra:{key}: It is encrypted, and only a secret may be. Set it again without '--secret'.");

    [Fact]
    public void An_encrypted_kind_is_told_once() =>
        SettingsOf
            .Problems("config:\n  infra:environment: {secure: v1:abc}\n")
            .Should()
            .Be("Pulumi.dev.yaml:2:3 infra:environment: It is encrypted, and only a secret may be. Set it again without '--secret'.");

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once() =>
        SettingsOf
            .Problems(
                """
                config:
                  infra:images: any
                  infra:porxy: {}
                  infra:services:
                    web:
                      port: x
                      memroy: 1GiB
                    redis:
                      maxMemory: lots

                """
            )
            .Split('\n')
            .Should()
            .Equal(
                "Pulumi.dev.yaml infra:environment: It is not set. Set it to dev or prod.",
                "Pulumi.dev.yaml:2:3 infra:images: 'any' is not one of auto, registry, debian. Write one of auto, registry, debian.",
                "Pulumi.dev.yaml:6:7 infra:services.web.port: 'x' is not a whole number from 1 to 65535. Write a whole number from 1 to 65535.",
                "Pulumi.dev.yaml:7:7 infra:services.web.memroy: There is no such setting. Did you mean 'memory'?",
                "Pulumi.dev.yaml:9:7 infra:services.redis.maxMemory: 'lots' is not a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB. "
                    + "Write a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB.",
                "Pulumi.dev.yaml:3:3 infra:porxy: There is no such setting. Did you mean 'proxy'?"
            );
}
