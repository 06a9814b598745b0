using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class AlertmanagerTests
{
    private static readonly ServiceSpec Spec = Alertmanager.Describe("alerts", new());

    [Fact]
    public void Runs_as_nobody_without_capabilities_and_writes_to_its_volume_alone()
    {
        Spec.Should().BeEquivalentTo(new { Role = ServiceRole.Monitoring, User = "65534:65534", ReadOnly = true });
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        Spec.Mounts.Should().Equal(new VolumeMount(new Volume("alerts") { LeftOut = "which alerts are silenced" }, "/alertmanager"));
        Spec.StatePaths.Should().Equal("/alertmanager");
        Spec.Command.Should().Contain("--storage.path=/alertmanager");
    }

    [Fact]
    public void Runs_the_image_that_it_is_given()
    {
        Spec.Image.Should().Be(Images.Alertmanager);
        Alertmanager.Describe("alerts", new() { Image = new("example/alerts", "1.2.3") }).Image
            .Should().Be(new PinnedImage("example/alerts", "1.2.3"));
    }

    [Fact]
    public void Keeps_half_of_its_memory_reserved()
    {
        Spec.Limits().Should().Be(new Limits(Size.MiB(128), Size.MiB(64), Cpu.Cores(0.25m), 256));
        Alertmanager.Describe("alerts", new() { Memory = Size.MiB(200), Cpus = Cpu.Cores(1) }).Limits()
            .Should().Be(new Limits(Size.MiB(200), Size.MiB(100), Cpu.Cores(1), 256));
    }

    [Fact]
    public void Is_asked_by_wget_whether_it_is_healthy()
        => Spec.Health!.Test.Should().Equal("wget", "-q", "-T", "4", "-O", "/dev/null", "http://127.0.0.1:9093/-/healthy");

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Spec.Ports.Should().BeEmpty();
        Alertmanager.Describe("alerts", new() { Port = 19093 }).Ports.Should().Equal(new Port(9093, 19093));
    }

    [Fact]
    public void Is_reached_and_scraped_on_the_network_of_those_that_watch()
    {
        Spec.NetworkNames().Should().Equal("monitoring");
        Spec.Endpoint!.Url().ToString().Should().Be("http://alerts:9093");
        Spec.Metrics.Should().Equal(new MetricsEndpoint(9093));
    }

    [Fact]
    public void Waits_for_nothing_and_gossips_with_no_peers()
    {
        Spec.WaitsFor.Should().BeEmpty();
        Spec.Command.Should().Contain("--cluster.listen-address=");
    }

    [Fact]
    public void Reads_its_configuration_from_a_file()
    {
        Spec.Command.Should().Contain("--config.file=/run/configs/alertmanager.yml");
        Spec.Files.Select(file => file.Path).Should().Equal("/run/configs/alertmanager.yml");
    }

    [Fact]
    public void Posts_to_nobody_unless_told()
        => Spec.Text("alertmanager.yml").Should().EndWith("""
            receivers:
              - name: people
              - name: dead-man

            """);

    [Fact]
    public void Reads_the_addresses_it_posts_to_from_files()
    {
        var spec = Alertmanager.Describe("alerts", new() { Webhook = new("alert-webhook"), DeadMan = new("deadman-webhook") });

        spec.Text("alertmanager.yml").Should().EndWith("""
            receivers:
              - name: people
                webhook_configs:
                  - url_file: /run/secrets/alert-webhook
                    send_resolved: true
              - name: dead-man
                webhook_configs:
                  - url_file: /run/secrets/deadman-webhook
                    send_resolved: false

            """);
        spec.SecretFiles().Should().Equal("/run/secrets/alert-webhook", "/run/secrets/deadman-webhook");
    }

    [Fact]
    public void Posts_to_the_dead_man_alone_when_that_is_all_it_knows()
    {
        var spec = Alertmanager.Describe("alerts", new() { DeadMan = new("deadman-webhook") });

        spec.SecretFiles().Should().Equal("/run/secrets/deadman-webhook");
        spec.Text("alertmanager.yml").Should().Contain("  - name: people\n  - name: dead-man\n    webhook_configs:\n");
    }

    [Fact]
    public void Repeats_what_is_critical_each_hour_and_the_rest_every_four()
        => Spec.Text("alertmanager.yml").Should().Contain("  repeat_interval: 4h\n  routes:\n")
            .And.Contain("      matchers: [severity=\"critical\"]\n      repeat_interval: 1h\n")
            .And.Contain("      matchers: [severity=\"none\"]\n      group_wait: 0s\n      repeat_interval: 5m\n");
}
