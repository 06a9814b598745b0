using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class PostgresTests
{
    private static readonly PostgresArgs Args = new() { Password = new Secret("pw") };

    [Theory]
    [InlineData("postgres:17.6-alpine", null, "/var/lib/postgresql/data")]
    [InlineData("postgres:18.1-alpine", null, "/var/lib/postgresql")]
    [InlineData("pgvector/pgvector:pg15", null, "/var/lib/postgresql/data")]
    [InlineData("pgvector/pgvector:0.8.1-pg18", null, "/var/lib/postgresql")]
    [InlineData("timescale/timescaledb:2.23.0-pg18", null, "/var/lib/postgresql")]
    [InlineData("postgres@sha256:ab", 18, "/var/lib/postgresql")]
    [InlineData("ghcr.io/acme/database:2026-11", 17, "/var/lib/postgresql/data")]
    public void Keeps_its_data_where_the_major_version_writes_it(string image, int? major, string path)
    {
        var spec = Postgres.Describe("postgres", Args with { Image = PinnedImage.Parse(image) with { Major = major } });

        spec.StatePaths.Should().Equal(path);
        spec.Mounts.OfType<VolumeMount>().Should().ContainSingle().Which.Should().Be(new VolumeMount(new Volume("postgres"), path));
        Review.Run(Specs.Topology(spec)).Where(finding => finding.Rule == "PERSISTENT-STATE").Should().BeEmpty();
    }

    [Fact]
    public void Refuses_an_image_whose_major_version_it_cannot_tell() =>
        FluentActions
            .Invoking(() => Postgres.Describe("postgres", Args with { Image = new PinnedImage("postgres", "latest") }))
            .Should()
            .Throw<ArgumentException>()
            .WithMessage(
                "The Postgres image 'postgres:latest' does not tell its major version. Set infra:services.postgres.major to it, such as 18."
            );

    [Fact]
    public void Reads_its_password_from_a_file()
    {
        var spec = Postgres.Describe("postgres", Args);

        spec.Environment["POSTGRES_PASSWORD_FILE"].ToString().Should().Be("/run/secrets/pw");
        spec.Files.Should().Contain(new ServiceFile("pw", Template.From($"{Args.Password}")));
        spec.Environment.Values.Should().NotContain(value => value.HasSecrets);
    }

    [Theory]
    [InlineData("app", "postgres")]
    [InlineData("postgres", "superuser")]
    public void The_applications_role_is_never_the_superuser(string user, string superuser)
    {
        var environment = Postgres.Describe("postgres", Args with { User = user }).Environment;

        environment["POSTGRES_OWNER"].ToString().Should().Be(user);
        environment["POSTGRES_USER"].ToString().Should().Be(superuser);
    }

    [Fact]
    public void Those_who_dump_and_watch_it_come_under_roles_of_their_own()
    {
        var database = Postgres.Describe("postgres", Args);

        Backup.Describe("backup", new() { Stack = "shop-prod", Database = database }).Environment["PGUSER"].ToString().Should().Be("infra_backup");
        PostgresExporter.Describe("exporter", new() { Database = database }).Environment["DATA_SOURCE_USER"].ToString().Should().Be("infra_monitor");
    }

    [Fact]
    public void Brings_in_the_extensions_that_only_a_superuser_may()
        => Postgres.Describe("postgres", Args with { Extensions = ["postgis", "pg_stat_statements"] }).Environment["POSTGRES_EXTENSIONS"].ToString()
            .Should().Be("postgis pg_stat_statements");

    [Fact]
    public void Is_probed_over_TCP_because_the_socket_answers_while_init_scripts_run()
        => Postgres.Describe("postgres", Args).Health!.Test.Should().Equal("pg_isready", "-q", "-h", "127.0.0.1", "-U", "app", "-d", "app");

    [Fact]
    public void Stops_fast_and_cleanly_and_has_memory_for_parallel_queries()
    {
        var spec = Postgres.Describe("postgres", Args);

        spec.StopSignal.Should().Be("SIGINT");
        spec.StopGrace.Should().Be(TimeSpan.FromSeconds(120));
        spec.SharedMemory.Should().Be(Size.MiB(256));
    }

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Postgres.Describe("postgres", Args).Ports.Should().BeEmpty();
        Postgres.Describe("postgres", Args with { Port = 15432 }).Ports.Should().Equal(new Port(5432, 15432));
    }

    [Fact]
    public void Tells_others_where_it_is()
        => Postgres.Describe("db", Args with { User = "shop", Database = "orders" }).Endpoint!.Url().ToString()
            .Should().Be("postgresql://shop:<pw>@db:5432/orders");

    [Fact]
    public void Runs_the_image_that_it_is_given_without_capabilities()
    {
        Postgres.Describe("db", Args).Image.Should().Be(Images.Postgres);
        Postgres.Describe("db", Args).Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        Postgres.Describe("db", Args).ReadOnly.Should().BeTrue();
        Postgres.Describe("db", Args with { Image = new("example/db", "17.1") }).Image.Should().Be(new PinnedImage("example/db", "17.1"));
    }

    [Fact]
    public void Is_bounded_as_it_is_told()
    {
        Postgres.Describe("db", Args).Limits().Should().Be(new Limits(Size.MiB(512), null, Cpu.Cores(1), 256));
        Postgres.Describe("db", Args with { Memory = Size.GiB(2), ReservedMemory = Size.GiB(1), Cpus = Cpu.Cores(2) }).Limits()
            .Should().Be(new Limits(Size.GiB(2), Size.GiB(1), Cpu.Cores(2), 256));
    }

    [Fact]
    public void Is_probed_as_patiently_and_is_on_the_networks_as_it_is_told()
    {
        var spec = Postgres.Describe("db", Args with { Timing = ProbeTiming.Seconds(45, 7, 5), Networks = [new Network("data")] });

        spec.Health.Should().BeEquivalentTo(new { Interval = TimeSpan.FromSeconds(45), Timeout = TimeSpan.FromSeconds(7), Retries = 5 });
        spec.NetworkNames().Should().Equal("data");
        Postgres.Describe("db", Args).NetworkNames().Should().Equal("default");
    }

    [Fact]
    public void Its_volume_has_the_name_that_it_is_told()
        => Postgres.Describe("db", Args with { Volume = "kept" }).Mounts.OfType<VolumeMount>().Single().Volume.Should().Be(new Volume("kept"));

    [Fact]
    public void Others_log_in_as_the_second_role_while_its_password_is_rotated()
        => Postgres.Describe("db", Args with { IsRotating = true }).Endpoint!.User.Should().Be("infra_owner_next");

    [Fact]
    public void Is_a_database_that_waits_for_nothing()
    {
        Postgres.Describe("db", Args).Should().BeEquivalentTo(new { Role = ServiceRole.Database, User = "postgres" });
        Postgres.Describe("db", Args).WaitsFor.Should().BeEmpty();
    }
}
