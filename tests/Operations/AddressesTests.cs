using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Proxies;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class AddressesTests
{
    private static readonly ServiceSpec Web = Specs.Web() with { Endpoint = new Endpoint("http", "web", 8000) };

    [Theory]
    [InlineData("localhost", "proxy: https://localhost:8443")]
    [InlineData("shop.example.com", "proxy: https://shop.example.com")]
    public void A_proxy_is_reached_by_its_name_over_TLS(string domain, string address) =>
        Addresses.Published(Specs.Topology(Before(new Site(domain) { Routes = ToWeb }), Web)).Should().Equal(address);

    [Fact]
    public void Each_site_of_a_proxy_has_its_address() =>
        Addresses
            .Published(Before(new Site("a.example.com") { Routes = ToWeb }, new Site("192.168.1.10") { Tls = SiteTls.None, Routes = ToWeb }))
            .Select(each => each.Address)
            .Should()
            .Equal("https://a.example.com", "http://192.168.1.10");

    [Fact]
    public void A_page_beside_the_service_is_reached_by_its_ports_scheme() => Addresses
        .Published(Specs.Topology(RabbitMq.Describe("rabbit", new() { Password = new("pw"), Port = 5672, ManagementPort = 15672 })))
        .Should()
        .Equal("rabbit: 127.0.0.1:5672", "rabbit: http://127.0.0.1:15672");

    [Fact]
    public void What_speaks_HTTP_is_reached_by_its_port()
        => Addresses.Published(Specs.Topology(Web with { Ports = [new Port(8000, 18000)] })).Should().Equal("web: http://127.0.0.1:18000");

    private static ImmutableArray<SiteRoute> ToWeb => [new ServiceRoute("/", "web")];

    private static ServiceSpec Before(params Site[] sites) => Proxy.Describe("proxy", new() { Services = [Web], Sites = [.. sites] });
}
