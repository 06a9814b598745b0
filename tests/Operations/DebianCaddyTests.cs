using Infra.Components;
using Infra.Components.Debian;
using Infra.Components.Proxies;
using Infra.Model;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>What is said of the Caddy of Debian's packages, where clients in production meet it.</summary>
public sealed class DebianCaddyTests
{
    private static readonly ServiceSpec Behind = Web.Describe("web", new() { Image = new BuiltImage("app", "app"), Command = ["serve"] });
    private static readonly ServiceSpec Published = Proxy.Describe("proxy", new() { Services = [Behind] });

    [Fact]
    public void Is_told_once_of_a_production_proxy_from_Debian() =>
        Find("prod", DebianImages.Choose(Published)!).Select(finding => finding.ToString()).Should().Equal(
            "warning DEBIAN-CADDY proxy: Debian's Caddy is 2.6: a request body that comes without its length (chunked) and grows beyond maxBody is "
                + "answered with 502, where newer ones answer 413. It is not passed on either way. Take images from a registry "
                + "(infra:images: registry), or waive this where clients do not tell the two apart.");

    [Fact]
    public void Is_no_word_in_development_or_of_another_image_or_of_a_proxy_that_leads_to_no_service()
    {
        Find("dev", DebianImages.Choose(Published)!).Should().BeEmpty();
        Find("prod", Published).Should().BeEmpty();
        var moved = new Site("localhost") { Routes = [new RedirectRoute("/", "https://example.com")] };
        Find("prod", DebianImages.Choose(Proxy.Describe("proxy", new() { Sites = [moved] }))!).Should().BeEmpty();
    }

    private static IEnumerable<Finding> Find(string environment, ServiceSpec proxy)
    {
        var stack = SmallStack.Of($"config: {{infra:environment: {environment}}}", Behind, proxy);
        return DebianCaddy.Find(ReviewedStack.From(new Workspace("/nowhere"), stack));
    }
}
