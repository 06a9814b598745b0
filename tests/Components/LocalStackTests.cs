using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class LocalStackTests
{
    private static readonly LocalStackArgs Args = new() { Services = ["sns", "sqs"] };
    private static readonly ServiceSpec Spec = LocalStack.Describe("aws", Args);

    [Fact]
    public void Runs_what_is_named_and_nothing_else()
    {
        Spec.Variable("SERVICES").Should().Be("sns,sqs");
        Spec.Variable("STRICT_SERVICE_LOADING").Should().Be("1", "without it a service that is not named starts when somebody asks for it");
    }

    [Fact]
    public void Runs_without_capabilities() => Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());

    [Fact]
    public void Runs_the_image_that_it_is_given()
    {
        Spec.Image.Should().Be(Images.LocalStack);
        LocalStack.Describe("aws", Args with { Image = new("example/aws", "1.2.3") }).Image.Should().Be(new PinnedImage("example/aws", "1.2.3"));
    }

    [Fact]
    public void Is_bounded_as_it_is_told()
    {
        Spec.Limits().Should().Be(new Limits(Size.GiB(1), null, Cpu.Cores(1), 512));
        LocalStack.Describe("aws", Args with { Memory = Size.GiB(2), Cpus = Cpu.Cores(2) }).Limits()
            .Should().Be(new Limits(Size.GiB(2), null, Cpu.Cores(2), 512));
    }

    [Fact]
    public void Forgets_everything_when_it_stops()
    {
        Spec.Mounts.Should().Equal(new TmpfsMount("/var/lib/localstack", Size.MiB(256)), new TmpfsMount("/tmp", Size.MiB(256)));
        Spec.StatePaths.Should().BeEmpty();
    }

    [Fact]
    public void Is_asked_for_its_health_by_Python()
        => Spec.Health!.Test[^1].Should().Contain("create_connection(('127.0.0.1', 4566)").And.Contain("GET /_localstack/health HTTP/1.0");

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Spec.Ports.Should().BeEmpty();
        LocalStack.Describe("aws", Args with { Port = 14566 }).Ports.Should().Equal(new Port(4566, 14566));
    }

    [Fact]
    public void Others_find_all_its_services_on_one_port()
    {
        Spec.NetworkNames().Should().Equal("default");
        Spec.Endpoint!.Url().ToString().Should().Be("http://aws:4566");
    }

    [Fact]
    public void Waits_for_nothing_and_has_no_secret()
    {
        Spec.WaitsFor.Should().BeEmpty();
        Spec.Files.Should().BeEmpty();
    }
}
