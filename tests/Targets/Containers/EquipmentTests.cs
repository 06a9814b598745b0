using Infra.Model;
using Infra.Tests.Support;
using static Infra.Tests.Targets.Containers.Host;

namespace Infra.Tests.Targets.Containers;

/// <summary>What a container finds around it, each in the provider's own form.</summary>
public sealed class EquipmentTests
{
    private static readonly ServiceSpec Web = AnyService.Named("web");

    [Fact]
    public async Task A_limit_of_the_kernel_has_two_numbers()
    {
        var container = await ContainerAsync(Web with { Ulimits = Web.Ulimits.Add("nofile", new Ulimit(1024, Ulimit.Unlimited)) });

        container.Maps("ulimits").Select(limit => (limit["name"], limit["soft"], limit["hard"])).Should().Equal(("nofile", 1024d, -1d));
    }

    [Fact]
    public async Task A_device_has_its_permissions_as_they_are_read_back()
    {
        var container = await ContainerAsync(Web with { Devices = [new Device("/dev/dri", "/dev/video")] });

        container.Maps("devices").Select(device => (device["hostPath"], device["containerPath"], device["permissions"])).Should()
            .Equal(("/dev/dri", "/dev/video", "rwm"));
    }

    [Theory]
    [InlineData(null, "all")]
    [InlineData(2, "2")]
    public async Task Graphics_processors_are_all_or_a_number(int? count, string text)
        => (await ContainerAsync(Web with { Gpus = new Gpus(count) }))["gpus"].Should().Be(text);

    [Fact]
    public async Task Names_and_parameters_are_given_as_they_are()
    {
        var container = await ContainerAsync(
            Web with
            {
                ExtraHosts = Web.ExtraHosts.Add("host.docker.internal", "host-gateway"),
                Sysctls = Web.Sysctls.Add("net.core.somaxconn", "1024"),
                Dns = ["10.0.0.2"],
            }
        );

        container.Maps("hosts").Select(host => (host["host"], host["ip"])).Should().Equal(("host.docker.internal", "host-gateway"));
        container.Map("sysctls").Should().Contain("net.core.somaxconn", "1024");
        container.List("dns").Should().Equal("10.0.0.2");
    }

    [Fact]
    public async Task An_image_for_another_platform_is_pulled_apart()
    {
        var run = await RunAsync(Web with { Platform = "linux/arm64" }, AnyService.Named("api"));

        run.Container("web")["platform"].Should().Be("linux/arm64");
        run.Container("web")["image"].Should().NotBe(run.Container("api")["image"]);
        run.Container("api").Inputs.Should().NotContainKey("platform");
    }

    [Fact]
    public async Task A_relabelled_folder_is_a_volume_since_a_mount_cannot_say_so()
    {
        var container = await ContainerAsync(
            Web with
            {
                Mounts = [new BindMount("config", "/etc/app", ReadOnly: true) { Relabel = Relabel.Private }, new BindMount("data", "/data")],
            }
        );

        container.Maps("volumes").Select(volume => (volume["hostPath"], volume["containerPath"], volume["readOnly"], volume["selinuxRelabel"]))
            .Should().Equal(("/srv/shop/config", "/etc/app", true, "Z"));
        container.Maps("mounts").Should().ContainSingle().Which["target"].Should().Be("/data");
    }
}
