using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class OllamaTests
{
    private static readonly ServiceSpec Spec = Ollama.Describe("ollama", new());

    [Fact]
    public void Runs_without_capabilities() => Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());

    [Fact]
    public void Runs_the_image_that_it_is_given()
    {
        Spec.Image.Should().Be(Images.Ollama);
        Ollama.Describe("ollama", new() { Image = new("example/ollama", "1.2.3") }).Image.Should().Be(new PinnedImage("example/ollama", "1.2.3"));
    }

    [Fact]
    public void Has_memory_for_a_model_unless_it_is_told_otherwise()
    {
        Spec.Limits().Should().Be(new Limits(Size.GiB(8), null, Cpu.Cores(2), 512));
        Ollama.Describe("ollama", new() { Memory = Size.GiB(16), Cpus = Cpu.Cores(4) }).Limits()
            .Should().Be(new Limits(Size.GiB(16), null, Cpu.Cores(4), 512));
    }

    [Fact]
    public void Keeps_its_models_on_a_volume_that_no_backup_holds()
    {
        Spec.Mounts.Should()
            .Equal(
                new VolumeMount(new Volume("ollama") { LeftOut = "models are pulled again" }, "/root/.ollama"),
                new TmpfsMount("/tmp", Size.MiB(64))
            );
        Spec.StatePaths.Should().Equal("/root/.ollama");
        Spec.StopGrace.Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Its_own_client_asks_the_server_and_not_itself() => Spec.Health!.Test.Should().Equal("ollama", "list");

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Spec.Ports.Should().BeEmpty();
        Ollama.Describe("ollama", new() { Port = 21434 }).Ports.Should().Equal(new Port(11434, 21434));
    }

    [Fact]
    public void Others_find_it_on_the_stacks_network()
    {
        Spec.NetworkNames().Should().Equal("default");
        Spec.Endpoint!.Url().ToString().Should().Be("http://ollama:11434");
    }

    [Fact]
    public void Waits_for_nothing_and_has_no_secret()
    {
        Spec.WaitsFor.Should().BeEmpty();
        Spec.Files.Should().BeEmpty();
    }
}
