using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class PgBouncerTests
{
    private static readonly PostgresArgs DatabaseArgs = new() { Password = new("pw"), User = "me", Database = "shop" };

    private static readonly PgBouncerArgs Args = new() { Database = Postgres.Describe("db", DatabaseArgs) };

    private static ServiceSpec Spec => PgBouncer.Describe("pool", Args);

    [Fact]
    public void Is_reached_in_its_databases_place_with_the_same_user_password_and_database()
        => Spec.Endpoint!.Url().ToString().Should().Be("postgresql://me:<pw>@pool:6432/shop");

    [Fact]
    public void Waits_for_the_database_that_it_stands_before() => Spec.WaitsFor.Should().Equal(new Wait("db", WaitCondition.Healthy));

    [Fact]
    public void Shares_twenty_connections_among_a_thousand_clients_for_a_transaction_each()
    {
        var lines = Lines(Args);

        lines.Should().ContainInOrder("[databases]", "* = host=db port=5432", "[pgbouncer]");
        lines.Should().Contain([
            "pool_mode = transaction",
            "default_pool_size = 20",
            "max_db_connections = 20",
            "max_client_conn = 1000",
            "max_prepared_statements = 200",
            "auth_type = scram-sha-256",
            "server_tls_sslmode = disable",
        ]);
        Lines(Args with { Mode = PoolMode.Session, PoolSize = 5, MaxClients = 50 }).Should()
            .Contain(["pool_mode = session", "default_pool_size = 5", "max_db_connections = 5", "max_client_conn = 50"]);
    }

    [Fact]
    public void Has_a_file_for_each_client_and_for_each_connection()
    {
        Spec.Ulimits["nofile"].Should().Be(new Ulimit(2024, 2024));
        PgBouncer.Describe("pool", Args with { MaxClients = 20000 }).Ulimits["nofile"].Should().Be(new Ulimit(21024, 21024));
    }

    [Fact]
    public void Finds_a_server_that_was_restarted_within_a_second()
        => Lines(Args).Should().Contain(["server_login_retry = 1", "dns_max_ttl = 1", "dns_nxdomain_ttl = 1"]);

    [Fact]
    public void Takes_a_line_of_ones_own_in_place_of_its()
    {
        var lines = Lines(Args with { Parameters = Args.Parameters.Add("max_prepared_statements", "0").Add("query_wait_timeout", "30") });

        lines.Should().Contain(["max_prepared_statements = 0", "query_wait_timeout = 30"]).And.NotContain("max_prepared_statements = 200");
    }

    [Fact]
    public void Shows_no_password_in_its_settings_its_environment_or_on_its_command_line()
    {
        Spec.SecretFiles().Should().Equal("/run/secrets/pw");
        Spec.Environment.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()).Should().Equal(new Dictionary<string, string>
        {
            ["PGBOUNCER_USER"] = "me",
            ["PGBOUNCER_PASSWORD_FILE"] = "/run/secrets/pw",
        });
        Spec.Entrypoint.Should().Equal("sh", "/run/configs/pgbouncer-start.sh");
        Spec.Command.Should().Equal("pgbouncer", "/run/configs/pgbouncer.ini");
    }

    [Fact]
    public void Runs_as_the_user_of_its_image_without_capabilities_and_keeps_nothing()
    {
        Spec.Should().BeEquivalentTo(new { Role = ServiceRole.Pool, User = "postgres", ReadOnly = true, StopSignal = "SIGINT" });
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        Spec.Mounts.Should().Equal(new TmpfsMount("/tmp", Size.MiB(16)));
        Spec.StatePaths.Should().BeEmpty();
    }

    [Fact]
    public void Runs_the_image_that_it_is_given()
    {
        Spec.Image.Should().Be(Images.PgBouncer);
        PgBouncer.Describe("pool", Args with { Image = new("example/pool", "1.2") }).Image.Should().Be(new PinnedImage("example/pool", "1.2"));
    }

    [Fact]
    public void Is_bounded_and_probed_as_it_is_told()
    {
        Spec.Limits().Should().Be(new Limits(Size.MiB(128), null, Cpu.Cores(1), 64));
        var told = PgBouncer.Describe("pool", Args with { Memory = Size.MiB(99), Cpus = Cpu.Cores(2), Timing = ProbeTiming.Seconds(45, 7, 5) });
        told.Limits().Should().Be(new Limits(Size.MiB(99), null, Cpu.Cores(2), 64));
        told.Health.Should().BeEquivalentTo(new { Interval = TimeSpan.FromSeconds(45), Timeout = TimeSpan.FromSeconds(7), Retries = 5 });
    }

    [Fact]
    public void Is_asked_whether_it_answers_itself()
        => Spec.Health!.Test.Should().Equal("pg_isready", "-q", "-h", "127.0.0.1", "-p", "6432", "-U", "me", "-d", "shop");

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Spec.Ports.Should().BeEmpty();
        PgBouncer.Describe("pool", Args with { Port = 16432 }).Ports.Should().Equal(new Port(6432, 16432));
    }

    [Fact]
    public void Is_on_the_networks_as_it_is_told()
    {
        Spec.NetworkNames().Should().Equal("default");
        PgBouncer.Describe("pool", Args with { Networks = [new Network("data")] }).NetworkNames().Should().Equal("data");
    }

    [Fact]
    public void Stays_the_same_container_while_the_password_is_rotated_and_leads_others_to_it_as_the_second_user()
    {
        var rotating = PgBouncer.Describe("pool", Args with { Database = Postgres.Describe("db", DatabaseArgs with { IsRotating = true }) });

        rotating.Endpoint!.User.Should().Be("infra_owner_next");
        rotating.PasswordChange!.Check[^1].Should().Be("infra_owner_next");
        rotating.Variable("PGBOUNCER_USER").Should().Be("me");
        rotating.Health!.Test.Should().Equal(Spec.Health!.Test);
    }

    [Fact]
    public void Takes_a_new_password_in_the_steps_of_its_database()
    {
        var change = Spec.PasswordChange!;

        change.Should().BeEquivalentTo(new { Secret = new Secret("pw"), IsInTwoSteps = true });
        change.SecondUsers.Should().Equal(Postgres.SecondRoles);
        change.Command[^1].Should().Be("me");
        change.Addition[^2..].Should().Equal("me", "second");
        change.Removal[^2..].Should().Equal("me", "remove");
        change.Check[^3..].Should().Equal("me", "check", "me");
    }

    [Theory]
    [InlineData("sslmode=require", "server_tls_sslmode = require")]
    [InlineData("sslmode=verify-ca&sslrootcert=/run/configs/db-ca.pem",
        "server_tls_sslmode = verify-ca", "server_tls_ca_file = /run/configs/db-ca.pem")]
    [InlineData("sslmode=verify-full&sslrootcert=system",
        "server_tls_sslmode = verify-full", "server_tls_ca_file = /etc/ssl/certs/ca-certificates.crt")]
    public void Has_the_encryption_of_a_database_elsewhere_and_is_reached_without(string query, params string[] lines)
    {
        var endpoint = new Endpoint("postgresql", "db.example.com", 5433) { User = "me", Password = new("pw"), Path = "/shop", Query = query };
        var external = new External("db", ServiceRole.Database, endpoint) { Tls = TlsMode.VerifyFull, Authority = new("db-ca.pem", "PEM") };
        var args = Args with { External = external };

        Lines(args).Should().Contain([.. lines, "* = host=db.example.com port=5433"]);
        var spec = PgBouncer.Describe("pool", args);
        spec.Endpoint!.Url().ToString().Should().Be("postgresql://me:<pw>@pool:6432/shop");
        spec.WaitsFor.Should().BeEmpty();
        spec.Externals.Should().Equal(args.External!);
        spec.Files.Should().Contain(args.External!.Authority!);
        spec.PasswordChange.Should().BeNull("nothing here changes the password of a database elsewhere");
    }

    [Fact]
    public void What_has_no_password_has_no_pool()
    {
        var standing = () => PgBouncer.Describe("pool", Args with { Database = Specs.Web() });

        standing.Should().Throw<ArgumentException>().WithMessage("'web' offers no address with a password, so 'pool' cannot stand before it.");
    }

    private static string[] Lines(PgBouncerArgs args)
        => PgBouncer.Describe("pool", args).Files.Single(file => file.Name == "pgbouncer.ini").Content.ToString().Split('\n');
}
