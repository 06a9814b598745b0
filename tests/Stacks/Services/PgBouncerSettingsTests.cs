using Infra.Model;
using Infra.Operations.Project;
using Infra.Operations.Statuses;
using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks.Services;

/// <summary>A pool in a database's place.</summary>
public sealed class PgBouncerSettingsTests
{
    private const string Web = "web: {command: serve, environment: {DATABASE_URL: \"{pool.url}\", DB_HOST: \"{pool.host}:{pool.port}\"}}";

    [Fact]
    public async Task What_is_led_to_it_finds_the_user_the_password_and_the_database_of_the_one_behind_it_and_waits_for_both()
    {
        var stack = await StackAsync($"postgres: {{user: shop, database: orders}}\npool: {{kind: pgbouncer}}\n{Web}");

        var web = stack.Find("web")!;
        File(web, "database-url").Should().Be("postgresql://shop:<postgres-password>@pool:6432/orders");
        web.Variable("DB_HOST").Should().Be("pool:6432");
        web.WaitsFor.Should().Equal(new Wait("pool", WaitCondition.Healthy));
        stack.Find("pool")!.WaitsFor.Should().Equal(new Wait("postgres", WaitCondition.Healthy));
        stack.Secrets.Should().Equal(new Secret("postgres-password"));
    }

    [Fact]
    public async Task Each_stands_before_the_database_that_it_names_whatever_the_order()
    {
        var stack = await StackAsync($$"""
            pool: {kind: pgbouncer, of: orders}
            orders: {kind: postgres}
            zebra: {kind: postgres}
            {{Web}}
            """);

        File(stack.Find("web")!, "database-url").Should().Be("postgresql://app:<orders-password>@pool:6432/app");
        stack.Find("pool")!.WaitsFor.Should().Equal(new Wait("orders", WaitCondition.Healthy));
    }

    [Fact]
    public async Task What_is_set_reaches_it()
    {
        var stack = await StackAsync($$"""
            postgres: {parameters: {max_connections: 50} }
            pool: {kind: pgbouncer, mode: session, poolSize: 40, maxClients: 300, parameters: {query_wait_timeout: 30}, port: 16432, memory: 64MiB}
            {{Web}}
            """);

        var pool = stack.Find("pool")!;
        pool.Files.Single(file => file.Name == "pgbouncer.ini").Content.ToString().Should().Contain("pool_mode = session\n")
            .And.Contain("default_pool_size = 40\n").And.Contain("max_client_conn = 300\n").And.EndWith("query_wait_timeout = 30\n");
        pool.Ports.Should().Equal(new Port(6432, 16432));
        pool.Memory.Should().Be(Size.MiB(64));
    }

    [Fact]
    public async Task One_elsewhere_is_behind_it_with_its_TLS_and_production_gives_a_way_out_to_it_alone()
    {
        var stack = await StackAsync($$"""
            postgres: {backup: false, external: {host: db.example.com, port: 5433, tls: verify-full} }
            pool: {kind: pgbouncer}
            {{Web}}
            """, "prod");

        var pool = stack.Find("pool")!;
        pool.Files.Single(file => file.Name == "pgbouncer.ini").Content.ToString().Should().Contain("* = host=db.example.com port=5433\n")
            .And.Contain("server_tls_sslmode = verify-full\n");
        pool.Networks.Should().Contain(attachment => !attachment.Network.Internal);
        File(stack.Find("web")!, "database-url").Should().Be("postgresql://app:<postgres-password>@pool:6432/app");
        Dependency.AllOf(stack).Should()
            .Contain(new Dependency("pool", "postgres", "db.example.com", 5433, IsHttp: false) { Elsewhere = stack.Externals.Single() });
    }

    [Fact]
    public async Task In_production_it_is_where_the_database_is_and_goes_nowhere_else()
        => (await StackAsync($"postgres: {{}}\npool: {{kind: pgbouncer}}\n{Web}", "prod")).Find("pool")!.NetworkNames().Should().Equal("data");

    [Fact]
    public async Task While_the_password_is_rotated_it_stays_as_it_is_and_what_is_led_to_it_is_the_second_user()
    {
        var settings = Settings($"postgres: {{}}\npool: {{kind: pgbouncer}}\n{Web}", "dev");
        var (usual, rotating) = (
            await StackFactory.GatherAsync(settings),
            await StackFactory.GatherAsync(settings.Rotating("postgres-password"))
        );

        File(rotating.Find("web")!, "database-url").Should().Be("postgresql://infra_owner_next:<postgres-password>@pool:6432/app");
        usual.Find("pool")!.PasswordChange!.IsFollowedBy(rotating.Find("web")!).Should().BeTrue();
        rotating.Find("pool")!.Should().BeEquivalentTo(
            usual.Find("pool"),
            options => options.ComparingByMembers<ServiceSpec>().Excluding(spec => spec!.Endpoint).Excluding(spec => spec!.PasswordChange)
        );
    }

    [Theory]
    [InlineData("pool: {kind: pgbouncer}", "pool.of: There is no postgres that it could stand before.")]
    [InlineData("postgres: {enabled: false}\npool: {kind: pgbouncer}", "pool.of: There is no postgres that it could stand before.")]
    [InlineData("a: {kind: postgres}\nb: {kind: postgres}\npool: {kind: pgbouncer}",
        "pool.of: It does not say which postgres it stands before. Write one of a, b.")]
    [InlineData("postgres: {}\npool: {kind: pgbouncer, of: postgers}", "pool.of: There is no postgres 'postgers'. Did you mean 'postgres'?")]
    [InlineData("postgres: {}\nredis: {}\npool: {kind: pgbouncer, of: redis}", "pool.of: There is no postgres 'redis'.")]
    [InlineData("postgres: {}\npool: {kind: pgbouncer, poolSize: 91}",
        "pool.poolSize: postgres takes 100 connections, and 10 are left to what goes past the pool. "
            + "Write at most 90, or raise infra:services.postgres.parameters.max_connections.")]
    [InlineData("postgres: {}\npool: {kind: pgbouncer, parameters: {auth_type: trust}}", "pool.parameters.auth_type: 'auth_type' is kept")]
    [InlineData("postgres: {}\npool: {kind: pgbouncer}\nweb: {command: serve, environment: {CA: \"{pool.ca}\"}}", "a pgbouncer has no ca.")]
    public void What_cannot_be_is_an_error(string services, string error)
    {
        var parse = () => Settings(services, "dev");

        parse.Should().Throw<SettingsException>().Which.Message.Should().Contain(error);
    }

    [Fact]
    public async Task As_many_connections_as_are_left_may_be_taken()
        => (await StackAsync($"postgres: {{}}\npool: {{kind: pgbouncer, poolSize: 90}}\n{Web}")).Find("pool").Should().NotBeNull();

    [Fact]
    public async Task A_RabbitMQ_that_is_left_out_is_no_broker()
        => (await StackAsync("rabbitmq: {enabled: false}\nredis: {}\nweb: {command: serve}")).Find("redis")!.Role.Should().Be(ServiceRole.Broker);

    private static Task<Topology> StackAsync(string services, string environment = "dev")
        => StackFactory.GatherAsync(Settings(services, environment));

    private static Settings Settings(string services, string environment)
    {
        using var root = new TemporaryRoot();
        var file = Path.Combine(root.Path, "Pulumi.shop.yaml");
        var lines = services.Split('\n').Select(line => "    " + line + "\n");
        System.IO.File.WriteAllText(file, $"config:\n  infra:environment: {environment}\n  infra:services:\n{string.Concat(lines)}");
        return SettingsParser.Parse(SettingsFile.Read(file), "shop", "shop");
    }

    private static string File(ServiceSpec service, string name) => service.Files.Single(file => file.Name == name).Content.ToString();
}
