using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class ChromaTests
{
    private static readonly ServiceSpec Spec = Chroma.Describe("chroma", new());

    [Fact]
    public void Is_a_database_without_capabilities()
    {
        Spec.Role.Should().Be(ServiceRole.Database);
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
    }

    [Fact]
    public void Runs_the_image_that_it_is_given()
    {
        Spec.Image.Should().Be(Images.Chroma);
        Chroma.Describe("chroma", new() { Image = new("example/chroma", "1.2.3") }).Image.Should().Be(new PinnedImage("example/chroma", "1.2.3"));
    }

    [Fact]
    public void Is_bounded_as_it_is_told()
    {
        Spec.Limits().Should().Be(new Limits(Size.GiB(1), null, Cpu.Cores(1), 256));
        Chroma.Describe("chroma", new() { Memory = Size.GiB(2), Cpus = Cpu.Cores(2) }).Limits()
            .Should().Be(new Limits(Size.GiB(2), null, Cpu.Cores(2), 256));
    }

    [Fact]
    public void Keeps_its_vectors_on_a_volume_and_has_time_to_write_them()
    {
        Spec.Mounts.Should().Equal(new VolumeMount(new Volume("chroma"), "/data"), new TmpfsMount("/tmp", Size.MiB(64)));
        Spec.StatePaths.Should().Equal("/data");
        Spec.StopGrace.Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Is_asked_for_its_heartbeat_by_bash_since_its_image_has_neither_Python_nor_curl()
    {
        Spec.Health!.Test.Should().StartWith(["bash", "-c"]);
        Spec.Health!.Test[^1].Should().Contain("/dev/tcp/127.0.0.1/8000").And.Contain("GET /api/v2/heartbeat HTTP/1.").And.Contain("grep -q ' 200 '");
    }

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Spec.Ports.Should().BeEmpty();
        Chroma.Describe("chroma", new() { Port = 18000 }).Ports.Should().Equal(new Port(8000, 18000));
    }

    [Fact]
    public void Others_find_it_on_the_stacks_network()
    {
        Spec.NetworkNames().Should().Equal("default");
        Spec.Endpoint!.Url().ToString().Should().Be("http://chroma:8000");
    }

    [Fact]
    public void Sends_nothing_about_its_use() => Spec.Variable("ANONYMIZED_TELEMETRY").Should().Be("FALSE");

    [Fact]
    public void Waits_for_nothing_and_has_no_secret()
    {
        Spec.WaitsFor.Should().BeEmpty();
        Spec.Files.Should().BeEmpty();
    }
}
