using Infra.Components;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class AddressesTests
{
    private static readonly ServiceSpec Site = Specs.Web() with { Endpoint = new Endpoint("http", "web", 8000) };

    [Theory]
    [InlineData("localhost", "proxy: https://localhost:8443")]
    [InlineData("shop.example.com", "proxy: https://shop.example.com")]
    public void A_proxy_is_reached_by_its_name_over_TLS(string domain, string address)
        => Addresses.Published(Specs.Topology(Proxy.Describe("proxy", new() { Upstream = Site, Domain = domain }), Site)).Should().Equal(address);

    [Fact]
    public void A_page_beside_the_service_is_reached_by_its_ports_scheme() => Addresses
        .Published(Specs.Topology(RabbitMq.Describe("rabbit", new() { Password = new("pw"), Port = 5672, ManagementPort = 15672 })))
        .Should()
        .Equal("rabbit: 127.0.0.1:5672", "rabbit: http://127.0.0.1:15672");

    [Fact]
    public void What_speaks_HTTP_is_reached_by_its_port()
        => Addresses.Published(Specs.Topology(Site with { Ports = [new Port(8000, 18000)] })).Should().Equal("web: http://127.0.0.1:18000");
}
