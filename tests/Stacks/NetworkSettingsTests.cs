using Infra.Stacks;
using Infra.Targets.Compose;
using Infra.Tests.Support;
using Infra.Tests.Targets.Containers;

namespace Infra.Tests.Stacks;

public sealed class NetworkSettingsTests
{
    [Theory]
    [InlineData("dev")]
    [InlineData("prod")]
    public async Task It_is_every_networks_in_Compose_and_under_Pulumi(string environment)
    {
        var topology = await StackFactory.GatherAsync(SettingsOf.Text(Text("{mtu: 1450, ipv6: true}", environment)));

        topology.Services.SelectMany(service => service.Networks).Should().OnlyContain(place => place.Network.Mtu == 1450 && place.Network.IPv6);
        topology.Services.Should().OnlyContain(
            service => service.Networks.DistinctBy(place => place.Network.Name).Count() == service.Networks.Length, "none is on a network twice");
        ComposeWriter.Write(topology, new ComposeOptions()).Should().Contain("""
                enable_ipv6: true
                driver_opts:
                  com.docker.network.driver.mtu: "1450"

            """);
        var web = AnyService.Named("web") with { Networks = [topology.Networks[0]] };
        var network = (await Host.RunAsync(web)).Network(topology.Networks[0].Name);
        network["ipv6"].Should().Be(true);
        network.Map("options").Should().Contain("com.docker.network.driver.mtu", "1450");
    }

    [Fact]
    public async Task Without_it_networks_are_the_engines()
    {
        var topology = await StackFactory.GatherAsync(SettingsOf.Text(Text("{}", "dev")));

        ComposeWriter.Write(topology, new ComposeOptions()).Should().NotContain("driver_opts").And.NotContain("enable_ipv6");
        var network = (await Host.RunAsync(AnyService.Named("web"))).Network("default");
        network.Inputs.Should().NotContainKey("ipv6").And.NotContainKey("options");
    }

    [Theory]
    [InlineData("{mtu: 100}", "mtu: '100' is not a whole number from 576 to 9000.*")]
    [InlineData("{mtu: 1200, ipv6: true}", "mtu: IPv6 needs 1280 bytes at least.*")]
    public void What_no_packet_fits_in_is_refused(string network, string message)
        => SettingsOf.Problems(Text(network, "dev")).Should().Match("Pulumi.dev.yaml* infra:network." + message);

    private static string Text(string network, string environment) => $"config:\n  infra:environment: {environment}\n  infra:network: {network}\n";
}
