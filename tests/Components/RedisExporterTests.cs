using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class RedisExporterTests
{
    private static readonly RedisExporterArgs Args = new()
    {
        Redis = Redis.Describe("cache", new() { Password = new("pw"), Networks = [new Network("data", Internal: true)] }),
    };

    private static readonly ServiceSpec Spec = RedisExporter.Describe("exporter", Args);

    [Fact]
    public void Runs_as_its_images_user_without_capabilities_and_keeps_nothing()
    {
        Spec.Should().BeEquivalentTo(new { Role = ServiceRole.Monitoring, User = "59000:59000", ReadOnly = true });
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        Spec.Mounts.Should().BeEmpty();
        Spec.StatePaths.Should().BeEmpty();
    }

    [Fact]
    public void Runs_the_image_that_it_is_given()
    {
        Spec.Image.Should().Be(Images.RedisExporter);
        RedisExporter.Describe("exporter", Args with { Image = new("example/exporter", "1.2.3") }).Image
            .Should().Be(new PinnedImage("example/exporter", "1.2.3"));
    }

    [Fact]
    public void Keeps_half_of_its_memory_reserved()
    {
        Spec.Limits().Should().Be(new Limits(Size.MiB(64), Size.MiB(32), Cpu.Cores(0.25m), 256));
        RedisExporter.Describe("exporter", Args with { Memory = Size.MiB(100), Cpus = Cpu.Cores(1) }).Limits()
            .Should().Be(new Limits(Size.MiB(100), Size.MiB(50), Cpu.Cores(1), 256));
    }

    [Fact]
    public void Finds_its_Redis_and_the_password_in_a_file_by_address()
    {
        Spec.Variable("REDIS_ADDR").Should().Be("redis://cache:6379");
        Spec.Variable("REDIS_PASSWORD_FILE").Should().Be("/run/secrets/exporter.json");
        Spec.SecretFiles().Should().Equal("/run/secrets/exporter.json");
        Spec.Files.Single().Content.Render(_ => "hunter2").Text.Should().Be("""{"redis://cache:6379": "hunter2"}""");
        Spec.Environment.Values.Should().NotContain(value => value.HasSecrets);
    }

    [Fact]
    public void Lets_nobody_choose_what_it_connects_to() => Spec.Variable("REDIS_EXPORTER_DISABLE_SCRAPE_ENDPOINT").Should().Be("true");

    [Fact]
    public void Is_asked_by_wget_whether_it_is_healthy()
        => Spec.Health!.Test.Should().Equal("wget", "-q", "-T", "4", "-O", "/dev/null", "http://127.0.0.1:9121/health");

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Spec.Ports.Should().BeEmpty();
        RedisExporter.Describe("exporter", Args with { Port = 19121 }).Ports.Should().Equal(new Port(9121, 19121));
    }

    [Fact]
    public void Is_on_its_Rediss_network_and_that_of_those_that_watch()
    {
        Spec.NetworkNames().Should().Equal("data", "monitoring");
        Spec.Endpoint!.Url().ToString().Should().Be("http://exporter:9121");
        Spec.Metrics.Should().Equal(new MetricsEndpoint(9121));
    }

    [Fact]
    public void Does_not_wait_for_its_Redis_since_it_is_there_to_report_that_it_is_away() => Spec.WaitsFor.Should().BeEmpty();

    [Fact]
    public void What_is_no_Redis_cannot_be_watched()
    {
        var watch = () => RedisExporter.Describe("exporter", Args with { Redis = Specs.Web() });

        watch.Should().Throw<ArgumentException>().WithMessage("'web' offers no address of a Redis, so 'exporter' cannot watch it.");
    }
}
