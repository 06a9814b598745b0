using Infra.Components;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class ImageFilesTests
{
    private static readonly ServiceSpec Spec = ImageFiles.Describe(
        "web-files",
        new() { Image = Specs.App, Service = "web", Folders = ["/app/static"] }
    );

    [Fact]
    public void Is_a_step_of_the_services_own_image_that_writes_to_its_volume_alone()
    {
        Spec.IsStep().Should().BeTrue();
        Spec.Image.Should().Be(Specs.App);
        Spec.Command.Should().Equal("/copied", "/app/static");
        Spec.Mounts.OfType<VolumeMount>().Select(mount => (mount.Volume.Name, mount.Target)).Should().Equal(("web-served", "/copied"));
        Spec.Mounts.OfType<VolumeMount>().Single().Volume.LeftOut.Should().Be("copied out of the image again");
        Spec.ReadOnly.Should().BeTrue();
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
    }

    [Fact]
    public void Its_volume_is_opened_to_the_images_user()
        => Spec.VolumesToOpen().Select(mount => mount.Target).Should().Equal("/copied");

    [Fact]
    public void Is_bounded() => Spec.Limits().Should().Be(new Limits(Size.MiB(128), null, Cpu.Cores(1), 64));
}
