using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>How the application's image is built, and where it goes.</summary>
public sealed class BuildingTests
{
    [Theory]
    [InlineData("prod", true)]
    [InlineData("dev", false)]
    public void Production_pushes_where_a_registry_is_named(string environment, bool pushes)
    {
        var image = SettingsOf.Text($"config:\n  infra:environment: {environment}\n  infra:app: {{registry: ghcr.io/acme/shop}}\n").App.Image;

        image.Push.Should().Be(pushes);
        image.Tag.Should().Be("ghcr.io/acme/shop:latest");
    }

    [Theory]
    [InlineData(
        "registry: shop",
        "Pulumi.dev.yaml:3:15 infra:app.registry: 'shop' is not a repository in a registry. "
            + "Write its host and path without a tag, such as ghcr.io/acme/shop."
    )]
    [InlineData(
        "registry: acme/shop",
        "Pulumi.dev.yaml:3:15 infra:app.registry: 'acme/shop' is not a repository in a registry. "
            + "Write its host and path without a tag, such as ghcr.io/acme/shop."
    )]
    [InlineData(
        "registry: 'ghcr.io/acme/shop:1'",
        "Pulumi.dev.yaml:3:15 infra:app.registry: 'ghcr.io/acme/shop:1' is not a repository in a registry. "
            + "Write its host and path without a tag, such as ghcr.io/acme/shop."
    )]
    [InlineData(
        "registry: ghcr.io/acme/shop, tag: 'shop:1'",
        "Pulumi.dev.yaml:3:44 infra:app.tag: 'shop:1' is not in the repository ghcr.io/acme/shop, which infra:app.registry names. "
            + "Write ghcr.io/acme/shop:VERSION, or leave it out."
    )]
    public void A_place_that_is_none_is_told(string settings, string problem) =>
        SettingsOf.Problems($"config:\n  infra:environment: dev\n  infra:app: {{{settings}}}\n").Should().Be(problem);

    [Fact]
    public void Platforms_and_caches_are_lists()
    {
        var image = SettingsOf
            .Text("config:\n  infra:environment: prod\n  infra:app: {platforms: [linux/amd64], cacheFrom: [a.io/b:c], cacheTo: [a.io/b:d]}\n")
            .App.Image;

        image.Platforms.Should().Equal("linux/amd64");
        image.CacheFrom.Should().Equal("a.io/b:c");
        image.CacheTo.Should().Equal("a.io/b:d");
    }
}
