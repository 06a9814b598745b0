using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>What the parser takes the schema of editors takes, and what one of them refuses the other does.</summary>
public sealed class SettingsSchemaTests
{
    public static TheoryData<string> Files => [.. Directory.EnumerateFiles(Repository.Root, "Pulumi.*.yaml").Select(file => Path.GetFileName(file)!)];

    public static TheoryData<string, string> Broken => new()
    {
        { "environment", "production" },
        { "environment", "[dev]" },
        { "enviroment", "dev" },
        { "prefix", "[shop-]" },
        { "images", "docker" },
        { "system", "monolith" },
        { "containerNames", "cache" },
        { "attempt", "{ again: yes }" },
        { "logging", "syslog" },
        { "logging", "{ drivers: syslog }" },
        { "logging", "{ options: [max-size] }" },
        { "app", "app" },
        { "app", "{ contxt: app }" },
        { "app", "{ args: [A] }" },
        { "app", "{ environment: LOG_LEVEL }" },
        { "app", "{ secrets: { STRIPE_KEY: sk_1 } }" },
        { "app", "{ reload: hot }" },
        { "app", "{ reloader: nodemon }" },
        { "app", "{ delivery: env }" },
        { "app", "{ readOnly: perhaps }" },
        { "app", "{ source: src }" },
        { "app", "{ volumes: [/app/media] }" },
        { "app", "{ migrate: python3 manage.py migrate }" },
        { "app", "{ variables: { database: URL } }" },
        { "app", "{ files: [password] }" },
        { "app", "{ build: { installer: poetry } }" },
        { "app", "{ build: { runtime: alpine } }" },
        { "app", "{ platforms: linux/amd64 }" },
        { "web", "{ port: 18000 }" },
        { "worker", "{ concurrency: 2 }" },
        { "probes", "{ web: { retries: 3 } }" },
        { "services", "[web]" },
        { "services.web", "{ port: 0 }" },
        { "services.web", "{ port: 65536 }" },
        { "services.web", "{ port: http }" },
        { "services.web", "{ containerPort: -1 }" },
        { "services.web", "{ memory: lots }" },
        { "services.web", "{ cpus: -1 }" },
        { "services.web", "{ client: wget }" },
        { "services.web", "{ helth: /ready }" },
        { "services.worker", "{ concurrency: 0 }" },
        { "services.worker", "{ concurrency: many }" },
        { "services.worker", "{ queues: mail }" },
        { "services.worker", "{ graceSeconds: 86401 }" },
        { "services.worker", "{ ask: http }" },
        { "services.beat", "{ enabled: 2 }" },
        { "services.flower", "{ password: x }" },
        { "services.postgres", "{ image: [postgres] }" },
        { "services.postgres", "{ major: 999 }" },
        { "services.postgres", "{ extensions: postgis }" },
        { "services.redis", "{ maxMemory: full }" },
        { "services.redis", "{ eviction: lru }" },
        { "services.rabbitmq", "{ metrics: 1 }" },
        { "services.rabbitmq", "{ vhosts: [/] }" },
        { "services.web", "{ kind: webserver }" },
        { "services.web", "{ probe: ping }" },
        { "services.web", "{ probe: { interval: 10 } }" },
        { "services.web", "{ probe: { retries: 0 } }" },
        { "services.web", "{ probe: { fileAgeSeconds: long } }" },
        { "services.web", "{ after: postgres }" },
        { "services.web", "{ after: { postgres: ready } }" },
        { "services.web", "{ ports: 8025 }" },
        { "services.web", "{ folders: [config] }" },
        { "services.web", "{ init: perhaps }" },
        { "services.web", "{ labels: [a] }" },
        { "services.web", "{ pids: 0 }" },
        { "services.web", "{ reload: sync }" },
        { "services.web", "{ secrets: { A: b } }" },
        { "services.web", "{ files: [a] }" },
        { "services.web", "{ concurrency: 2 }" },
        { "services.worker", "{ kind: web, concurrency: 2 }" },
        { "services.step", "{ command: { a: b } }" },
        { "services.mail", "{ kind: container, image: [a] }" },
        { "services.mail", "{ kind: container, image: a/b:1, source: [src] }" },
        { "services.postgres", "{ kind: redis, database: shop }" },
        { "services.redis", "{ environment: { A: b } }" },
        { "services.mail", "{ kind: container, image: a/b:1, reload: false }" },
        { "services.migrations", "{ kind: step, command: migrate, after: redis }" },
        { "services.mail", "{ image: a/b:1 }" },
        { "services.orders", "{}" },
        { "services.celery_worker", "{ memory: 1GiB, maxMemory: 1GiB }" },
        { "services.Web", "web" },
        { "proxy", "{ memory: big }" },
        { "proxy", "{ hidden: /metrics }" },
        { "backup", "{ keep: 0 }" },
        { "monitoring", "{ intervalSeconds: 61 }" },
        { "monitoring", "{ retentionDays: forever }" },
        { "monitoring", "{ prometheus: 9090 }" },
        { "monitoring", "{ grafana: { user: admin } }" },
    };

    [Theory, MemberData(nameof(Files))]
    public void Every_stacks_file_is_valid_and_says_where_its_schema_is(string name)
    {
        var text = File.ReadAllText(Repository.PathOf(name));

        SettingsSchemaFile.Problems(text).Should().BeEmpty();
        text.Should().StartWith("# yaml-language-server: $schema=docs/settings.schema.json\n");
    }

    [Fact]
    public void What_Pulumi_itself_writes_is_valid()
        => SettingsSchemaFile.Problems("""
            secretsprovider: passphrase
            encryptionsalt: v1:TG9yZW0=
            encryptedkey: QUJD
            environment:
              - shop/prod
            config:
              infra:environment: prod
              infra:postgres-password:
                secure: v1:aXBzdW0=
              docker:host: ssh://deploy@example.org
              other:key: { any: [thing] }

            """).Should().BeEmpty();

    [Fact]
    public void Numbers_and_flags_in_quotes_are_valid_as_pulumi_config_set_writes_them()
    {
        const string Text =
            "config:\n  infra:environment: dev\n  infra:app: { celery: shop.celery_app }\n"
            + "  infra:services: { web: { port: \"18000\", cpus: \"0.5\" }, flower: { enabled: \"true\" }, beat: { command: } }\n";

        SettingsSchemaFile.Problems(Text).Should().BeEmpty();
        SettingsOf.Problems(Text).Should().BeEmpty();
    }

    [Theory]
    [InlineData("config:\n  infra:environment: dev\nencryptionsalts: x\n")]
    [InlineData("config:\n  infra:environment: dev\n  infra:postgres-password: plain\n  infra:other-thing: { secret: x }\n")]
    public void A_key_that_neither_is_ours_nor_Pulumis_is_not_valid(string text) => SettingsSchemaFile.Problems(text).Should().NotBeEmpty();

    [Theory, MemberData(nameof(Broken))]
    public void What_is_broken_is_refused_by_both(string key, string value)
    {
        var text = key switch
        {
            "environment" or "enviroment" => $"config:\n  infra:{key}: {value}\n",
            _ when key.Split('.') is [var map, var name] => $"config:\n  infra:environment: prod\n  infra:{map}:\n    {name}: {value}\n",
            _ => $"config:\n  infra:environment: prod\n  infra:{key}: {value}\n",
        };

        SettingsSchemaFile.Problems(text).Should().NotBeEmpty();
        SettingsOf.Problems(text).Should().Contain($"infra:{key}");
    }
}
