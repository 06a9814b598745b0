using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class NodeExporterTests
{
    private static readonly ServiceSpec Spec = NodeExporter.Describe("node", new());

    [Fact]
    public void Runs_as_nobody_without_capabilities_and_keeps_nothing()
    {
        Spec.Should().BeEquivalentTo(new { Role = ServiceRole.Monitoring, User = "65534:65534", ReadOnly = true });
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        Spec.StatePaths.Should().BeEmpty();
        Spec.Files.Should().BeEmpty();
    }

    [Fact]
    public void Runs_the_image_that_it_is_given()
    {
        Spec.Image.Should().Be(Images.NodeExporter);
        NodeExporter.Describe("node", new() { Image = new("example/node", "1.2.3") }).Image.Should().Be(new PinnedImage("example/node", "1.2.3"));
    }

    [Fact]
    public void Keeps_half_of_its_memory_reserved()
    {
        Spec.Limits().Should().Be(new Limits(Size.MiB(64), Size.MiB(32), Cpu.Cores(0.25m), 256));
        NodeExporter.Describe("node", new() { Memory = Size.MiB(100), Cpus = Cpu.Cores(1) }).Limits()
            .Should().Be(new Limits(Size.MiB(100), Size.MiB(50), Cpu.Cores(1), 256));
    }

    [Fact]
    public void The_machine_is_only_read()
    {
        Spec.Mounts.Should()
            .Equal(
                new BindMount("/proc", "/host/proc", ReadOnly: true),
                new BindMount("/sys", "/host/sys", ReadOnly: true),
                new BindMount("/", "/rootfs", ReadOnly: true)
            );
        Spec.Command.Should().StartWith(["--path.procfs=/host/proc", "--path.sysfs=/host/sys", "--path.rootfs=/rootfs"]);
    }

    [Fact]
    public void The_machines_network_is_left_out_because_only_the_containers_own_would_be_seen()
    {
        Spec.Command.Should().Contain("--collector.disable-defaults").And.Contain("--collector.filesystem");
        Spec.Command.Should().NotContain(argument => argument.Contains("net", StringComparison.Ordinal));
    }

    [Fact]
    public void Is_asked_by_wget_for_its_metrics()
        => Spec.Health!.Test.Should().Equal("wget", "-q", "-T", "4", "-O", "/dev/null", "http://127.0.0.1:9100/metrics");

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Spec.Ports.Should().BeEmpty();
        NodeExporter.Describe("node", new() { Port = 19100 }).Ports.Should().Equal(new Port(9100, 19100));
    }

    [Fact]
    public void Is_scraped_on_the_network_of_those_that_watch_and_waits_for_nothing()
    {
        Spec.NetworkNames().Should().Equal("monitoring");
        Spec.Endpoint!.Url().ToString().Should().Be("http://node:9100");
        Spec.Metrics.Should().Equal(new MetricsEndpoint(9100));
        Spec.WaitsFor.Should().BeEmpty();
    }
}
