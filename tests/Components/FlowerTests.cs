using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class FlowerTests
{
    private static readonly ServiceSpec Broker = RabbitMq.Describe("rabbitmq", new() { Password = new("pw") });

    private static readonly FlowerArgs Args = new() { Image = Specs.App, App = "shop.celery_app", Needs = [Broker.As("BROKER_URL")] };

    private static readonly ServiceSpec Spec = Flower.Describe("flower", Args);

    [Fact]
    public void Runs_from_the_applications_image_without_capabilities()
    {
        Spec.Image.Should().Be(Specs.App);
        Spec.Role.Should().Be(ServiceRole.Monitoring);
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        Spec.Command.Should().Equal("celery", "-A", "shop.celery_app", "flower", "--port=5555");
    }

    [Fact]
    public void Runs_a_command_of_its_own_instead()
        => Flower.Describe("flower", Args with { Command = ["flower", "--port=5555"] }).Command.Should().Equal("flower", "--port=5555");

    [Fact]
    public void Is_bounded_as_it_is_told()
    {
        Spec.Limits().Should().Be(new Limits(Size.MiB(512), null, Cpu.Cores(1), 256));
        Flower.Describe("flower", Args with { Memory = Size.MiB(200), ReservedMemory = Size.MiB(100), Cpus = Cpu.Cores(0.5m) }).Limits()
            .Should().Be(new Limits(Size.MiB(200), Size.MiB(100), Cpu.Cores(0.5m), 256));
    }

    [Fact]
    public void Is_asked_for_its_health_by_Python_or_as_it_is_told()
    {
        Spec.Health!.Test[^1].Should().Contain("create_connection(('127.0.0.1', 5555)").And.Contain("GET /healthcheck HTTP/1.0");
        Flower.Describe("flower", Args with { Probe = HttpProbeKind.Curl }).Health!.Test
            .Should().Equal("curl", "-f", "http://127.0.0.1:5555/healthcheck");
    }

    [Fact]
    public void Is_probed_as_patiently_as_it_is_told()
        => Flower.Describe("flower", Args with { Timing = ProbeTiming.Seconds(45, 7, 5) }).Health.Should()
            .BeEquivalentTo(new { Interval = TimeSpan.FromSeconds(45), Timeout = TimeSpan.FromSeconds(7), Retries = 5 });

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Spec.Ports.Should().BeEmpty();
        Flower.Describe("flower", Args with { Port = 15555 }).Ports.Should().Equal(new Port(5555, 15555));
    }

    [Fact]
    public void Others_find_it_on_its_networks()
    {
        Spec.NetworkNames().Should().Equal("default");
        Flower.Describe("flower", Args with { Networks = [new Network("data")] }).NetworkNames().Should().Equal("data");
        Spec.Endpoint!.Url().ToString().Should().Be("http://flower:5555");
    }

    [Fact]
    public void Waits_for_its_broker_and_finds_its_address_in_a_file()
    {
        Spec.WaitsFor.Should().Equal(new Wait("rabbitmq"));
        Spec.Variable("BROKER_URL_FILE").Should().Be("/run/secrets/broker-url");
        Spec.SecretFiles().Should().Equal("/run/secrets/broker-url");
    }

    [Fact]
    public void Keeps_nothing()
    {
        Spec.Mounts.Should().Equal(new TmpfsMount("/tmp", Size.MiB(64)));
        Spec.StatePaths.Should().BeEmpty();
    }
}
