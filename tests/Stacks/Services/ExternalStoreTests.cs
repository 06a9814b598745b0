using Infra.Model;
using Infra.Operations.Project;
using Infra.Operations.Statuses;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Targets.Diagrams;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks.Services;

public sealed class ExternalStoreTests
{
    private const string Certificate = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";

    [Fact]
    public async Task Nothing_runs_or_waits_for_it_and_who_mentions_it_is_led_there_with_its_password()
    {
        var stack = await StackAsync("""
            postgres: {user: shop, database: orders, external: {host: db.example.com}}
            web: {command: serve, environment: {DATABASE_URL: "{postgres.url}", DB_HOST: "{postgres.host}:{postgres.port}/{postgres.name}"}}
            """);

        stack.Services.Select(service => service.Name).Should().Equal("web");
        var web = stack.Find("web")!;
        web.WaitsFor.Should().BeEmpty();
        web.Variable("DB_HOST").Should().Be("db.example.com:5432/orders");
        File(web, "database-url").Should().Be("postgresql://shop:<postgres-password>@db.example.com:5432/orders?sslmode=require");
    }

    [Theory]
    [InlineData("redis", "tls: disable", "redis.url/1", "redis://:<redis-password>@store.example.com:6379/1")]
    [InlineData("redis", "tls: require, port: 6380", "redis.url", "rediss://:<redis-password>@store.example.com:6380/0?ssl_cert_reqs=none")]
    [InlineData("valkey", "tls: verify-full", "valkey.url/2",
        "rediss://:<valkey-password>@store.example.com:6379/2?ssl_cert_reqs=required&ssl_check_hostname=true")]
    [InlineData("rabbitmq", "tls: require", "rabbitmq.url", "amqps://app:<rabbitmq-password>@store.example.com:5671//")]
    [InlineData("rabbitmq", "tls: disable", "rabbitmq.url", "amqp://app:<rabbitmq-password>@store.example.com:5672//")]
    [InlineData("postgres", "tls: verify-full", "postgres.url?application_name=web",
        "postgresql://app:<postgres-password>@store.example.com:5432/app?application_name=web&sslmode=verify-full&sslrootcert=system")]
    [InlineData("postgres", "tls: require", "postgres.url?sslmode=verify-full",
        "postgresql://app:<postgres-password>@store.example.com:5432/app?sslmode=verify-full")]
    [InlineData("postgres", "tls: require", "postgresql+asyncpg://postgres.url",
        "postgresql+asyncpg://app:<postgres-password>@store.example.com:5432/app?ssl=require")]
    public async Task Its_URL_says_whether_it_is_encrypted(string kind, string tls, string reference, string url)
    {
        var stack = await StackAsync(
            $"{kind}: {{external: {{host: store.example.com, {tls}}}}}\nweb: {{command: serve, environment: {{STORE_URL: \"{{{reference}}}\"}}}}"
        );

        File(stack.Find("web")!, "store-url").Should().Be(url);
    }

    [Fact]
    public async Task Its_certificates_are_handed_to_who_mentions_it()
    {
        var stack = await StackAsync("""
            postgres: {external: {host: db.example.com, tls: verify-ca, ca: ca.pem}}
            web: {command: serve, environment: {DATABASE_URL: "{postgres.url}"}}
            worker: {kind: process, command: work, environment: {PGSSLROOTCERT: "{postgres.ca}"}}
            other: {kind: process, command: work}
            """);

        File(stack.Find("web")!, "database-url").Should().EndWith("/app?sslmode=verify-ca&sslrootcert=/run/configs/postgres-ca.pem");
        stack.Find("worker")!.Variable("PGSSLROOTCERT").Should().Be("/run/configs/postgres-ca.pem");
        foreach (var name in new[] { "web", "worker" })
            stack.Find(name)!.Files.Should().ContainEquivalentOf(new ServiceFile("postgres-ca.pem", Certificate));
        stack.Find("other")!.Files.Should().NotContain(file => file.Name == "postgres-ca.pem");
    }

    [Fact]
    public async Task Production_gives_a_way_out_to_who_is_led_there_and_dumps_it_where_it_is_asked_to()
    {
        var stack = await StackAsync("""
            postgres: {user: shop, backup: true, external: {host: db.example.com, tls: verify-full, ca: ca.pem}}
            web: {command: serve, environment: {DATABASE_URL: "{postgres.url}"}}
            """, "prod");

        var backup = stack.Find("backup")!;
        backup.Variable("PGHOST").Should().Be("db.example.com");
        backup.Variable("PGUSER").Should().Be("shop");
        backup.Variable("PGSSLMODE").Should().Be("verify-full");
        backup.Variable("PGSSLROOTCERT").Should().Be("/run/configs/postgres-ca.pem");
        backup.WaitsFor.Should().BeEmpty();
        foreach (var service in new[] { backup, stack.Find("web")! })
            service.Networks.Should().Contain(attachment => !attachment.Network.Internal);
        stack.Find("celery-metrics").Should().BeNull();
    }

    [Fact]
    public async Task Whether_it_is_backed_up_must_be_said_in_production()
    {
        (await WarningsAsync("")).Should().Equal(
            "infra:services.postgres: It runs elsewhere, so its data are in no backup of the stack. "
                + "Write backup: true there for a daily dump, or backup: false where whoever runs it backs it up.");
        (await WarningsAsync("backup: false, ")).Should().BeEmpty();
        (await WarningsAsync("", "dev")).Should().BeEmpty();
    }

    [Fact]
    public async Task Its_password_must_be_given_and_is_tried_by_status_and_drawn()
    {
        var stack = await StackAsync("""
            redis: {external: {host: cache.example.com}}
            web: {command: serve, environment: {CACHE_URL: "{redis.url}"}}
            """);

        stack.IsGiven(new Secret("redis-password")).Should().BeTrue();
        stack.IsGiven(new Secret("other")).Should().BeFalse();
        Dependency.AllOf(stack).Should()
            .Equal(new Dependency("web", "redis", "cache.example.com", 6379, IsHttp: false) { Elsewhere = stack.Externals.Single() });
        MermaidWriter.Write(stack).Should().Contain("{{\"<b>redis</b><br/>elsewhere<br/>cache.example.com:6379\"}}");
    }

    [Theory]
    [InlineData("postgres: {external: {port: 5432}}", "postgres.external.host: It is not set.")]
    [InlineData("postgres: {external: {host: \"https://db\"}}", "postgres.external.host: 'https://db' is not the name of a machine.")]
    [InlineData("postgres: {external: {host: db, tls: verify-ca}}", "postgres.external.ca: It is not set, and 'verify-ca' trusts what it signed.")]
    [InlineData("postgres: {external: {host: db, ca: ca.pem}}", "postgres.external.ca: With 'tls: require' nothing is held to it.")]
    [InlineData("postgres: {external: {host: db, tls: verify-full, ca: none.pem}}", "postgres.external.ca: There is no file 'none.pem'.")]
    [InlineData("postgres: {external: {host: db, tls: verify-full, ca: ../ca.pem}}", "postgres.external.ca: '../ca.pem' is not below the project.")]
    [InlineData("postgres: {external: {host: db, tls: verify-full, ca: key.pem}}", "postgres.external.ca: 'key.pem' has a private key")]
    [InlineData("postgres: {external: {host: db}, memory: 1GiB}", "postgres.memory: 'postgres' runs elsewhere")]
    [InlineData("postgres: {backup: true}", "postgres.backup: What runs here is in the backup.")]
    [InlineData("redis: {external: {host: db}, backup: true}", "redis.backup: No backup is taken of a redis that runs elsewhere.")]
    [InlineData(
        "postgres: {external: {host: db}}\nweb: {command: serve, after: [postgres]}",
        "web.after: 'postgres' runs elsewhere, so nothing can wait for it."
    )]
    [InlineData("postgres: {}\nweb: {command: serve, environment: {CA: \"{postgres.ca}\"}}", "'postgres' has no certificates.")]
    public void What_cannot_be_is_an_error(string services, string error)
    {
        var parse = () => Settings(services, "dev");

        parse.Should().Throw<SettingsException>().Which.Message.Should().Contain(error);
    }

    private static async Task<IEnumerable<string>> WarningsAsync(string backup, string environment = "prod")
    {
        var settings = Settings(
            $"postgres: {{{backup}external: {{host: db.example.com}}}}\nweb: {{command: serve, environment: {{DATABASE_URL: \"{{postgres.url}}\"}}}}",
            environment
        );
        return StackFactory.Review(settings, await StackFactory.GatherAsync(settings)).Select(finding => finding.Sentence);
    }

    private static Task<Topology> StackAsync(string services, string environment = "dev")
        => StackFactory.GatherAsync(Settings(services, environment));

    private static Settings Settings(string services, string environment)
    {
        using var root = new TemporaryRoot();
        System.IO.File.WriteAllText(Path.Combine(root.Path, "ca.pem"), Certificate);
        System.IO.File.WriteAllText(Path.Combine(root.Path, "key.pem"), Certificate + "-----BEGIN PRIVATE KEY-----\n");
        var file = Path.Combine(root.Path, "Pulumi.shop.yaml");
        var lines = services.Split('\n').Select(line => "    " + line + "\n");
        System.IO.File.WriteAllText(file, $"config:\n  infra:environment: {environment}\n  infra:services:\n{string.Concat(lines)}");
        return SettingsParser.Parse(SettingsFile.Read(file), "shop", "shop");
    }

    private static string File(ServiceSpec service, string name) => service.Files.Single(file => file.Name == name).Content.ToString();
}
