using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class ProxyTests
{
    private static readonly ServiceSpec Site = Web.Describe(
        "web",
        new()
        {
            Image = new BuiltImage("app", "app"),
            Command = ["serve"],
            IsBehindProxy = true,
        }
    );

    [Fact]
    public void A_public_name_is_published_to_everybody_with_a_certificate_by_ACME()
    {
        var args = new ProxyArgs { Upstream = Site, Domain = "shop.example.com", Email = "ops@example.com" };

        Proxy.Describe("proxy", args).Ports.Should().Equal(new Port(8080, 80) { Address = "0.0.0.0" }, new Port(8443, 443) { Address = "0.0.0.0" });
        Written(args)
            .Should()
            .ContainAll(
                "email ops@example.com",
                "https://shop.example.com {",
                "redir https://shop.example.com{uri} 308",
                "Strict-Transport-Security max-age=31536000"
            )
            .And.NotContain("tls internal");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("shop.localhost")]
    public void A_local_name_is_published_on_loopback_with_a_certificate_of_its_own(string domain)
    {
        var args = new ProxyArgs { Upstream = Site, Domain = domain };

        Proxy.Describe("proxy", args).Ports.Should().Equal(new Port(8080, 8080), new Port(8443, 8443));
        Written(args).Should().ContainAll("tls internal", $"redir https://{domain}:8443{{uri}} 308").And.NotContain("email")
            .And.NotContain("Strict-Transport-Security", "every other server of this machine has that name too");
    }

    [Fact]
    public void Headers_and_bounds_are_set_and_metrics_stay_inside()
    {
        Written(
                new ProxyArgs
                {
                    Upstream = Site,
                    MaxBody = Size.MiB(1),
                    Hidden = ["/metrics", "/internal"],
                }
            )
            .Should()
            .ContainAll(
                "X-Content-Type-Options nosniff",
                "?X-Frame-Options SAMEORIGIN",
                "?Referrer-Policy strict-origin-when-cross-origin",
                "-Server",
                "max_size 1048576",
                "> 1048576`",
                "read_header 10s",
                "strict_sni_host on",
                "encode zstd gzip",
                "@hidden path /metrics /metrics/* /internal /internal/*",
                "respond @hidden 404"
            );
        Written(new ProxyArgs { Upstream = Site, Hidden = [] }).Should().NotContain("@hidden");
    }

    [Fact]
    public void It_can_be_told_to_use_some_containers_without_a_reload()
    {
        var proxy = Proxy.Describe("proxy", new() { Upstream = Site });

        var route = proxy.Routes.Should().ContainSingle().Subject;
        route.Service.Should().Be("web");
        route.PinTo.Should().EndWith(["--", Route.Containers]).And.Contain(word => word.Contains("rm -f", StringComparison.Ordinal));
        route.Release.Should().Equal("rm", "-rf", "/tmp/only/web");
        proxy.Files.Single().Content.ToString().Should().ContainAll(
            "root /tmp/only/web",
            "to {only1}:8000 {only2}:8000 ",
            " {only12}:8000\n",
            "dynamic a web 8000"
        );
    }

    [Fact]
    public void Cannot_be_configured_over_the_network()
        => Written(new ProxyArgs { Upstream = Site }).Split('\n').Should().ContainInConsecutiveOrder("\tadmin off", "\thttp_port 8080");

    [Fact]
    public void No_connection_is_kept_that_breaks_when_the_container_behind_it_stops() =>
        Written(new ProxyArgs { Upstream = Site })
            .Split('\n')
            .Select(line => line.Trim())
            .Should()
            .ContainInConsecutiveOrder(
                "transport http {",
                "dial_timeout 2s",
                "# A connection kept open breaks under its next request when the container behind it stops.",
                "keepalive off",
                "}"
            );

    [Fact]
    public void Something_without_an_address_cannot_stand_behind_it()
        => FluentActions.Invoking(() => Proxy.Describe("proxy", new() { Upstream = Site with { Endpoint = null } }))
            .Should().Throw<ArgumentException>().WithMessage("'web' offers no address, so no proxy can lead to it.");

    [Fact]
    public void Runs_as_a_user_of_its_own_and_keeps_its_certificates()
    {
        var spec = Proxy.Describe("proxy", new() { Upstream = Site });

        spec.Should().BeEquivalentTo(new { Role = ServiceRole.Proxy, User = "10001:10001", ReadOnly = true });
        spec.StatePaths.Should().Equal("/var/tmp");
        spec.Mounts.OfType<VolumeMount>().Select(mount => (mount.Volume.Name, mount.Target)).Should().Equal(("proxy", "/var/tmp"));
        spec.Variable("XDG_DATA_HOME").Should().Be("/var/tmp");
        spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only("NET_BIND_SERVICE"));
    }

    [Fact]
    public void Is_bounded_as_it_is_told_and_waits_for_what_stands_behind_it()
    {
        var spec = Proxy.Describe("proxy", new() { Upstream = Site });

        spec.Image.Should().Be(Images.Caddy);
        spec.Limits().Should().Be(new Limits(Size.MiB(256), null, Cpu.Cores(1), 256));
        spec.WaitsFor.Should().Equal(new Wait("web"));
        spec.Health!.Test[^1].Should().Be("http://127.0.0.1:8081/");
        spec.Endpoint!.Url().ToString().Should().Be("https://localhost:8443");
    }

    [Fact]
    public void Is_published_where_and_on_the_networks_that_it_is_told()
    {
        var spec = Proxy.Describe("proxy", new() { Upstream = Site, HttpPort = 81, HttpsPort = 444, Networks = [new Network("edge")] });

        spec.Ports.Should().Equal(new Port(8080, 81), new Port(8443, 444));
        spec.NetworkNames().Should().Equal("edge");
    }

    private static string Written(ProxyArgs args) => Proxy.Describe("proxy", args).Files.Single().Content.ToString();
}
