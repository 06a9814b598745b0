using Infra.Components;
using Infra.Model;

namespace Infra.Tests.Components;

public sealed class ContainerTests
{
    private static readonly VolumeMount Data = new(new Volume("search"), "/data");

    private static readonly ContainerArgs Args = new() { Image = PinnedImage.Parse("acme/search:1.2"), Port = 9200, Mounts = [Data] };

    private static readonly ServiceSpec Spec = Container.Describe("search", Args);

    [Fact]
    public void Runs_its_image_as_it_is()
    {
        Spec.Image.ToString().Should().Be("acme/search:1.2");
        Spec.Entrypoint.Should().BeEmpty();
        Spec.Command.Should().BeEmpty();
        Spec.Environment.Should().BeEmpty("a foreign image is no Python program");
        Spec.Role.Should().Be(ServiceRole.Other);
    }

    [Fact]
    public void Keeps_only_the_capabilities_that_entrypoints_need_to_become_another_user()
        => Spec.Capabilities!.Add.Should().Equal("CHOWN", "DAC_OVERRIDE", "FOWNER", "NET_BIND_SERVICE", "SETGID", "SETUID");

    [Fact]
    public void What_it_writes_to_a_volume_is_state()
    {
        Spec.Mounts.Should().Equal(Data);
        Spec.StatePaths.Should().Equal("/data");
        Container.Describe("search", Args with { Mounts = [Data with { ReadOnly = true }] }).StatePaths.Should().BeEmpty();
    }

    [Fact]
    public void Is_reached_at_its_port_and_publishes_nothing()
    {
        Spec.Endpoint.Should().Be(new Endpoint("http", "search", 9200));
        Spec.Ports.Should().BeEmpty();
        Container.Describe("search", Args with { Port = null }).Endpoint.Should().BeNull();
    }

    [Fact]
    public void Has_limits_like_any_other()
    {
        Spec.Memory.Should().Be(Size.MiB(512));
        Spec.Pids.Should().Be(512);
        Spec.NoNewPrivileges.Should().BeTrue();
    }
}
