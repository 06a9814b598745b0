using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Model;

public sealed class NamingTests
{
    private static readonly Naming Shop = new("shop", "dev");

    [Fact]
    public void Puts_project_and_stack_before_each_name()
    {
        Shop.Name.Should().Be("shop-dev");
        Shop.Physical("data").Should().Be("shop-dev-data");
        Shop.Container(Specs.Web()).Should().Be("shop-dev-web");
        Shop.Tag(Specs.App).Should().Be("shop-dev-app:latest");
    }

    [Fact]
    public void A_volume_that_is_taken_over_keeps_its_name()
    {
        Shop.Volume(new Volume("data")).Should().Be("shop-dev-data");
        (Shop with { Prefix = "x-" }).Volume(new Volume("data") { Existing = "old_data" }).Should().Be("old_data");
    }

    [Fact]
    public void Takes_another_prefix_or_a_whole_name()
    {
        (Shop with { Prefix = "" }).Physical("data").Should().Be("data");
        Shop.Container(Specs.Web() with { ContainerName = "front" }).Should().Be("front");
        Shop.Tag(Specs.App with { Tag = "acme/shop:1.2" }).Should().Be("acme/shop:1.2");
    }
}
