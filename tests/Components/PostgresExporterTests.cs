using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class PostgresExporterTests
{
    private static readonly PostgresArgs DatabaseArgs = new()
    {
        Password = new("pw"),
        User = "me",
        Database = "shop",
        Networks = [new Network("data", Internal: true)],
    };

    private static readonly PostgresExporterArgs Args = new() { Database = Postgres.Describe("db", DatabaseArgs) };
    private static readonly ServiceSpec Spec = PostgresExporter.Describe("exporter", Args);

    [Fact]
    public void Runs_as_nobody_without_capabilities_and_keeps_nothing()
    {
        Spec.Should().BeEquivalentTo(new { Role = ServiceRole.Monitoring, User = "65534:65534", ReadOnly = true });
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        Spec.Mounts.Should().BeEmpty();
        Spec.StatePaths.Should().BeEmpty();
    }

    [Fact]
    public void Runs_the_image_that_it_is_given()
    {
        Spec.Image.Should().Be(Images.PostgresExporter);
        PostgresExporter.Describe("exporter", Args with { Image = new("example/exporter", "1.2.3") }).Image
            .Should().Be(new PinnedImage("example/exporter", "1.2.3"));
    }

    [Fact]
    public void Keeps_half_of_its_memory_reserved()
    {
        Spec.Limits().Should().Be(new Limits(Size.MiB(64), Size.MiB(32), Cpu.Cores(0.25m), 256));
        PostgresExporter.Describe("exporter", Args with { Memory = Size.MiB(100), Cpus = Cpu.Cores(1) }).Limits()
            .Should().Be(new Limits(Size.MiB(100), Size.MiB(50), Cpu.Cores(1), 256));
    }

    [Fact]
    public void Finds_its_database_as_the_role_that_may_only_watch() =>
        Spec.Environment.ToDictionary(pair => pair.Key, pair => pair.Value.ToString()).Should().Equal(new Dictionary<string, string>
        {
            ["DATA_SOURCE_URI"] = "db:5432/shop?sslmode=disable",
            ["DATA_SOURCE_USER"] = "infra_monitor",
            ["DATA_SOURCE_PASS_FILE"] = "/run/secrets/pw",
        });

    [Fact]
    public void Logs_in_as_the_second_role_while_the_password_is_rotated()
        => PostgresExporter.Describe("exporter", Args with { Database = Postgres.Describe("db", DatabaseArgs with { IsRotating = true }) })
            .Variable("DATA_SOURCE_USER").Should().Be("infra_monitor_next");

    [Fact]
    public void Reads_the_password_from_a_file_and_takes_none_with_a_blank_which_it_would_write_into_its_log()
    {
        Spec.SecretFiles().Should().Equal("/run/secrets/pw");
        Spec.Files.Single().Content.FormsOf(new("pw")).Should().Equal(SecretForm.Word);
        Spec.Environment.Values.Should().NotContain(value => value.HasSecrets);
    }

    [Fact]
    public void Is_asked_by_wget_whether_it_is_healthy()
        => Spec.Health!.Test.Should().Equal("wget", "-q", "-T", "4", "-O", "/dev/null", "http://127.0.0.1:9187/");

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Spec.Ports.Should().BeEmpty();
        PostgresExporter.Describe("exporter", Args with { Port = 19187 }).Ports.Should().Equal(new Port(9187, 19187));
    }

    [Fact]
    public void Is_on_its_databases_network_and_that_of_those_that_watch()
    {
        Spec.NetworkNames().Should().Equal("data", "monitoring");
        Spec.Endpoint!.Url().ToString().Should().Be("http://exporter:9187");
        Spec.Metrics.Should().Equal(new MetricsEndpoint(9187));
    }

    [Fact]
    public void Does_not_wait_for_its_database_since_it_is_there_to_report_that_it_is_away() => Spec.WaitsFor.Should().BeEmpty();

    [Fact]
    public void What_has_no_password_cannot_be_watched()
    {
        var watch = () => PostgresExporter.Describe("exporter", Args with { Database = Specs.Web() });

        watch.Should().Throw<ArgumentException>().WithMessage("'web' offers no address with a password, so 'exporter' cannot watch it.");
    }
}
