using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class CeleryMetricsTests
{
    private static readonly ServiceSpec Broker = Redis.Describe("queue", new() { Password = new("pw"), Networks = [new Network("data")] });

    private static readonly CeleryMetricsArgs Args = new() { Image = Specs.App, App = "shop.celery_app", Needs = [Broker.As("BROKER_URL")] };

    private static readonly ServiceSpec Spec = CeleryMetrics.Describe("celery-metrics", Args);

    [Fact]
    public void Runs_its_own_program_in_the_applications_image_without_capabilities()
    {
        Spec.Image.Should().Be(Specs.App);
        Spec.Role.Should().Be(ServiceRole.Monitoring);
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        Spec.Command.Should().Equal("python3", "/run/configs/celery_metrics.py", "shop.celery_app", "9808");
        Spec.Text("celery_metrics.py").Should().Contain("celery_tasks_total");
    }

    [Fact]
    public void Measures_the_queues_that_it_is_given()
        => CeleryMetrics.Describe("celery-metrics", Args with { Queues = ["mail", "reports"] }).Command
            .Should().EndWith(["shop.celery_app", "9808", "mail", "reports"]);

    [Fact]
    public void Is_bounded_as_it_is_told()
    {
        Spec.Limits().Should().Be(new Limits(Size.MiB(512), null, Cpu.Cores(1), 256));
        CeleryMetrics.Describe("metrics", Args with { Memory = Size.MiB(100), ReservedMemory = Size.MiB(40), Cpus = Cpu.Cores(0.25m) }).Limits()
            .Should().Be(new Limits(Size.MiB(100), Size.MiB(40), Cpu.Cores(0.25m), 256));
    }

    [Fact]
    public void Is_asked_for_its_health_by_Python()
        => Spec.Health!.Test[^1].Should().Contain("create_connection(('127.0.0.1', 9808)").And.Contain("GET /health HTTP/1.0");

    [Fact]
    public void Waits_for_its_broker_and_finds_its_address_in_a_file()
    {
        Spec.WaitsFor.Should().Equal(new Wait("queue"));
        Spec.Variable("BROKER_URL_FILE").Should().Be("/run/secrets/broker-url");
        Spec.SecretFiles().Should().Equal("/run/secrets/broker-url");
    }

    [Fact]
    public void Is_on_its_brokers_network_and_that_of_those_that_watch_whatever_the_applications_are()
        => CeleryMetrics.Describe("celery-metrics", Args with { Networks = [new Network("web")] }).NetworkNames()
            .Should().Equal("data", "monitoring");

    [Fact]
    public void Is_scraped_and_never_published()
    {
        Spec.Endpoint!.Url().ToString().Should().Be("http://celery-metrics:9808");
        Spec.Metrics.Should().Equal(new MetricsEndpoint(9808));
        Spec.Ports.Should().BeEmpty();
    }

    [Fact]
    public void Keeps_nothing_and_has_a_tmp_of_its_own()
    {
        Spec.Mounts.Should().Equal(new TmpfsMount("/tmp", Size.MiB(64)));
        Spec.StatePaths.Should().BeEmpty();
    }
}
