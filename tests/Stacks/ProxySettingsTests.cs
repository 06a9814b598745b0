using Infra.Stacks;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

public sealed class ProxySettingsTests
{
    [Fact]
    public void Stands_at_localhost_until_a_domain_is_named()
        => Prod("")
            .Proxy.Should()
            .BeEquivalentTo(new { Enabled = true, Args = new { Domain = "localhost", HttpPort = (int?)null, HttpsPort = (int?)null } });

    [Theory]
    [InlineData(
        "domain: https://shop.example.com",
        "domain: 'https://shop.example.com' is not a domain name. Write the bare name, such as shop.example.com, in lower case."
    )]
    [InlineData(
        "domain: 'shop.example.com {'",
        "domain: 'shop.example.com {' is not a domain name. Write the bare name, such as shop.example.com, in lower case."
    )]
    [InlineData("email: ops", "email: 'ops' is not an e-mail address. Write one address, such as ops@example.com.")]
    [InlineData("hidden: [metrics]", "hidden: 'metrics' is not a path. Write paths such as /metrics, without patterns or spaces.")]
    [InlineData(
        "maxBody: 10",
        "maxBody: '10' is not a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB. "
            + "Write a size in KiB, MiB or GiB, up to 262144GiB, such as 512MiB."
    )]
    [InlineData("tls: off", "tls: There is no such setting.*")]
    public void What_Caddy_would_stumble_over_is_refused(string line, string message)
        => SettingsOf.Problems(Text($"  infra:proxy:\n    {line}")).Should().Match("Pulumi.dev.yaml:4:5 infra:proxy." + message);

    [Fact]
    public void Web_publishes_no_port_behind_it()
        => SettingsOf.Problems(Text("  infra:services:\n    web:\n      port: 8000")).Should().Be(
            "Pulumi.dev.yaml:5:7 infra:services.web.port: The proxy is in front of web, which then publishes no port of its own. "
            + "Drop it and set infra:proxy's httpsPort, or set infra:proxy's enabled to false.");

    [Fact]
    public async Task Without_it_web_is_published_on_loopback_and_stopped_first()
    {
        var topology = await StackFactory.GatherAsync(Prod("  infra:services:\n    web:\n      port: 8000\n  infra:proxy:\n    enabled: false"));

        topology.Find("proxy").Should().BeNull();
        topology.Find("web")!.Should().BeEquivalentTo(new { Replacement = Infra.Model.Replacement.StopFirst });
        topology.Find("web")!.Ports.Single().ToString().Should().Be("127.0.0.1:8000→8000");
    }

    [Theory]
    [InlineData("postgres", "port")]
    [InlineData("redis", "port")]
    [InlineData("rabbitmq", "managementPort")]
    public async Task A_published_port_of_what_holds_data_is_on_a_network_where_an_engine_publishes(string service, string key)
    {
        var closed = await StackFactory.GatherAsync(Prod(""));
        var open = await StackFactory.GatherAsync(Prod($"  infra:services:\n    {service}:\n      {key}: 15000"));

        closed.Find(service)!.Networks.Should().OnlyContain(place => place.Network.Internal);
        open.Find(service)!.Networks.Select(place => (place.Network.Name, place.Network.Internal)).Should().Equal(("data", true), ("tools", false));
    }

    [Fact]
    public async Task The_proxy_and_what_holds_data_share_no_network()
    {
        var topology = await StackFactory.GatherAsync(Prod("  infra:services:\n    postgres:\n      port: 15000"));

        var proxy = topology.Find("proxy")!.Networks.Select(place => place.Network.Name).ToArray();

        topology
            .Services.Where(service => service.Networks.Any(place => proxy.Contains(place.Network.Name)))
            .Select(service => service.Name)
            .Should()
            .Equal("web", "proxy");
    }

    private static Settings Prod(string lines) => SettingsOf.Text(Text(lines));

    private static string Text(string lines) => $"config:\n  infra:environment: prod\n{lines}\n";
}
