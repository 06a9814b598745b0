using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class GatewayTests
{
    private static readonly ServiceSpec Auth = Specs.Web("auth") with { Endpoint = new Endpoint("http", "auth", 8001) };
    private static readonly ServiceSpec Shop = Specs.Web("shop") with { Endpoint = new Endpoint("http", "shop", 8000) };

    private static readonly GatewayArgs Args = new() { Routes = [new("/auth", Auth)] };
    private static readonly ServiceSpec Spec = Gateway.Describe("gateway", Args);

    [Fact]
    public void Runs_as_nobody_and_keeps_nothing()
    {
        Spec.Should().BeEquivalentTo(new { Role = ServiceRole.Proxy, User = "65534:65534", ReadOnly = true });
        Spec.StatePaths.Should().BeEmpty();
        Spec.Mounts.Should()
            .Equal(new TmpfsMount("/config", Size.MiB(8)), new TmpfsMount("/data", Size.MiB(8)), new TmpfsMount("/tmp", Size.MiB(64)));
    }

    [Fact]
    public void Has_the_one_capability_that_its_program_carries()
        => Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only("NET_BIND_SERVICE"), "without it the program does not start");

    [Fact]
    public void Runs_the_image_that_it_is_given()
    {
        Spec.Image.Should().Be(Images.Caddy);
        Gateway.Describe("gateway", Args with { Image = new("example/caddy", "1.2.3") }).Image.Should().Be(new PinnedImage("example/caddy", "1.2.3"));
    }

    [Fact]
    public void Is_bounded_as_it_is_told()
    {
        Spec.Limits().Should().Be(new Limits(Size.MiB(128), null, Cpu.Cores(0.5m), 256));
        Gateway.Describe("gateway", Args with { Memory = Size.MiB(200), Cpus = Cpu.Cores(1) }).Limits()
            .Should().Be(new Limits(Size.MiB(200), null, Cpu.Cores(1), 256));
    }

    [Fact]
    public void Answers_for_its_own_health_whatever_is_behind_it()
    {
        Spec.Health!.Test.Should().Equal("wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/health");
        Written(Args).Should().Contain("respond /health 200");
        Spec.Endpoint!.HealthPath.Should().Be("/health");
    }

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Spec.Ports.Should().BeEmpty();
        Gateway.Describe("gateway", Args with { Port = 18080 }).Ports.Should().Equal(new Port(8080, 18080));
    }

    [Fact]
    public void Others_find_it_on_the_stacks_network()
    {
        Spec.NetworkNames().Should().Equal("default");
        Spec.Endpoint!.Url().ToString().Should().Be("http://gateway:8080");
    }

    [Fact]
    public void Waits_once_for_each_service_behind_it()
    {
        var spec = Gateway.Describe("gateway", Args with { Routes = [new("/auth", Auth), new("/login", Auth), new("/shop", Shop)] });

        spec.WaitsFor.Should().Equal(new Wait("auth"), new Wait("shop"));
        spec.Upstreams.Should().Equal(new Upstream("/auth", "auth"), new Upstream("/login", "auth"), new Upstream("/shop", "shop"));
    }

    [Fact]
    public void Passes_a_path_on_without_it()
        => Written(Args).Should().Contain("handle_path /auth/* {\n\t\treverse_proxy auth:8001").And.Contain("redir /auth /auth/ 308");

    [Fact]
    public void Answers_404_where_no_service_is() => Written(Args).Should().Contain("respond \"No service answers here.\" 404");

    [Theory]
    [InlineData(null, 32)]
    [InlineData(1, 1)]
    public void Bounds_the_bodies_that_it_passes_on(int? given, int most)
        => Written(given is { } body ? Args with { Body = Size.MiB(body) } : Args).Should().Contain($"max_size {Size.MiB(most).Bytes}");

    [Fact]
    public void Hides_the_metrics_of_what_is_behind_it()
    {
        var shop = Shop with { Metrics = [new MetricsEndpoint(8000, "/stats?kind=all")] };

        Written(Args with { Routes = [new("/shop", shop)] }).Should().Contain("respond /stats 404").And.Contain("respond /stats/* 404");
    }

    [Fact]
    public void Believes_a_proxy_before_it_and_nobody_else()
    {
        Written(Args with { IsBehindProxy = true }).Should()
            .Contain("reverse_proxy auth:8001 {\n\t\t\ttrusted_proxies private_ranges\n\t\t}\n\t}");
        Written(Args).Should().NotContain("trusted_proxies");
    }

    [Fact]
    public void Cannot_be_configured_over_the_network() => Written(Args).Should().Contain("\tadmin off\n");

    [Fact]
    public void Cannot_lead_to_what_has_no_address()
    {
        var describe = () => Gateway.Describe("gateway", Args with { Routes = [new("/nowhere", Specs.Job())] });

        describe.Should().Throw<ArgumentException>().WithMessage("'migrate' offers no address, so /nowhere cannot lead to it.");
    }

    private static string Written(GatewayArgs args) => Gateway.Describe("gateway", args).Text("Caddyfile");
}
