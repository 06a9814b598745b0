using Infra.Components;
using Infra.Components.Parts;
using Infra.Components.Proxies;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class ProxyTests
{
    private static readonly ServiceSpec Behind = Web.Describe(
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
        var args = At("shop.example.com") with { Email = "ops@example.com" };

        Proxy.Describe("proxy", args).Ports.Should().Equal(new Port(8080, 80) { Address = "0.0.0.0" }, new Port(8443, 443) { Address = "0.0.0.0" });
        Written(args)
            .Should()
            .ContainAll(
                "email ops@example.com",
                "https://shop.example.com {",
                "redir https://shop.example.com{uri} 308",
                "Strict-Transport-Security max-age=31536000"
            )
            .And.NotContainAny("tls internal", "acme_ca");
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("shop.localhost")]
    public void A_local_name_is_published_on_loopback_with_a_certificate_of_its_own(string domain)
    {
        Proxy.Describe("proxy", At(domain)).Ports.Should().Equal(new Port(8080, 8080), new Port(8443, 8443));
        Written(At(domain)).Should().ContainAll("tls internal", $"redir https://{domain}:8443{{uri}} 308").And.NotContain("email")
            .And.NotContain("Strict-Transport-Security", "every other server of this machine has that name too");
    }

    [Fact]
    public void Headers_and_bounds_are_set_and_metrics_stay_inside()
    {
        Written(At("localhost", site => site with
        {
            Hidden = ["/metrics", "/internal"],
            Routes = [new ServiceRoute("/", "web") { MaxBody = Size.MiB(1) }],
        }))
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
                "@whole not header Range *",
                "encode @whole zstd gzip",
                "@hidden path /metrics /metrics/* /internal /internal/*",
                "respond @hidden 404"
            );
        Written(At("localhost", site => site with { Hidden = [] })).Should().NotContain("@hidden");
    }

    [Fact]
    public void What_is_hidden_and_too_large_is_refused_while_the_proxy_keeps_to_one_container() =>
        Lines(new() { Services = [Behind] })
            .Should()
            .ContainInOrder(
                ["route {", "respond @hidden 404", "route {", "respond @large 413", "import to-web"],
                "Caddy puts routes before answers, except in a route"
            );

    [Fact]
    public void It_can_be_told_to_use_some_containers_without_a_reload()
    {
        var proxy = Proxy.Describe("proxy", new() { Services = [Behind] });

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
        => Lines(new() { Services = [Behind] }).Should().ContainInConsecutiveOrder("admin off", "http_port 8080");

    [Fact]
    public void What_writes_goes_over_no_connection_that_was_kept_and_what_reads_over_one_that_no_server_has_closed()
    {
        var lines = Lines(new() { Services = [Behind] });

        foreach (var (block, to, kept) in new[]
        {
            ("reverse_proxy @reads {", "dynamic a web 8000 {", "keepalive 1s"),
            ("reverse_proxy {", "to web:8000", "keepalive off"),
            ("reverse_proxy @reads {", "to {only1}:8000 {only2}:8000 ", "keepalive 1s"),
            ("reverse_proxy {", "to {only1}:8000 {only2}:8000 ", "keepalive off"),
        })
            lines.Index().Where(line => line.Item == block && lines[line.Index + 1].StartsWith(to, StringComparison.Ordinal))
                .Select(line => lines.Skip(line.Index).First(Keeps))
                .Should().Equal(kept);

        lines.Should().Contain("@reads method GET HEAD");

        static bool Keeps(string line) => line.StartsWith("keepalive ", StringComparison.Ordinal);
    }

    [Fact]
    public void Something_without_an_address_cannot_stand_behind_it()
        => FluentActions.Invoking(() => Proxy.Describe("proxy", new() { Services = [Behind with { Endpoint = null }] }))
            .Should().Throw<ArgumentException>().WithMessage("'web' offers no address, so no proxy can lead to it.");

    [Fact]
    public void Runs_as_a_user_of_its_own_and_keeps_its_certificates()
    {
        var spec = Proxy.Describe("proxy", new() { Services = [Behind] });

        spec.Should().BeEquivalentTo(new { Role = ServiceRole.Proxy, User = "10001:10001", ReadOnly = true });
        spec.StatePaths.Should().Equal("/var/tmp");
        spec.Mounts.OfType<VolumeMount>().Select(mount => (mount.Volume.Name, mount.Target)).Should().Equal(("proxy", "/var/tmp"));
        spec.Variable("XDG_DATA_HOME").Should().Be("/var/tmp");
        spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only("NET_BIND_SERVICE"));
    }

    [Fact]
    public void Is_bounded_as_it_is_told_and_waits_for_what_stands_behind_it()
    {
        var spec = Proxy.Describe("proxy", new() { Services = [Behind] });

        spec.Image.Should().Be(Images.Caddy);
        spec.Limits().Should().Be(new Limits(Size.MiB(256), null, Cpu.Cores(1), 256));
        spec.WaitsFor.Should().Equal(new Wait("web"));
        spec.Health!.Test[^1].Should().Be("http://127.0.0.1:8081/");
        spec.Endpoint!.Url().ToString().Should().Be("https://localhost:8443");
    }

    [Fact]
    public void Is_published_where_and_on_the_networks_that_it_is_told()
    {
        var spec = Proxy.Describe("proxy", new() { Services = [Behind], HttpPort = 81, HttpsPort = 444, Networks = [new Network("edge")] });

        spec.Ports.Should().Equal(new Port(8080, 81), new Port(8443, 444));
        spec.NetworkNames().Should().Equal("edge");
    }

    private static ProxyArgs At(string name, Func<Site, Site>? change = null) => new()
    {
        Services = [Behind],
        Sites = [(change ?? (same => same))(new Site(name) { Routes = [new ServiceRoute("/", "web")] })],
    };

    private static string Written(ProxyArgs args) => Proxy.Describe("proxy", args).Text("Caddyfile");

    private static string[] Lines(ProxyArgs args) => [.. Written(args).Split('\n').Select(line => line.Trim())];
}
