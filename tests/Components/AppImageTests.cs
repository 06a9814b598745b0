using Infra.Components;
using Infra.Model;

namespace Infra.Tests.Components;

public sealed class AppImageTests
{
    private static readonly AppImageArgs Args = new() { Context = "app" };

    [Fact]
    public void Is_built_from_its_folder_by_the_Dockerfiles_there() =>
        AppImage.Describe("shop", Args)
            .Should().Be(new BuiltImage("shop", "app") { Dockerfile = "Dockerfile", DebianDockerfile = "debian.Dockerfile" });

    [Fact]
    public void Is_built_as_it_is_told()
    {
        var args = Args with
        {
            Dockerfile = "prod.Dockerfile",
            DebianDockerfile = null,
            Target = "runtime",
            Args = Args.Args.Add("PYTHON", "3.13"),
            Tag = "ghcr.io/acme/shop:1.4",
            Platforms = ["linux/arm64"],
            CacheFrom = ["ghcr.io/acme/shop:cache"],
            CacheTo = ["ghcr.io/acme/shop:next"],
        };

        AppImage.Describe("shop", args).Should().Be(new BuiltImage("shop", "app")
        {
            Dockerfile = "prod.Dockerfile",
            Target = "runtime",
            Args = args.Args,
            Tag = "ghcr.io/acme/shop:1.4",
            Platforms = args.Platforms,
            CacheFrom = args.CacheFrom,
            CacheTo = args.CacheTo,
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Is_pushed_only_where_it_is_told(bool push)
        => AppImage.Describe("shop", Args with { Push = push }).Should().BeOfType<BuiltImage>().Which.Push.Should().Be(push);

    [Fact]
    public void A_published_image_is_used_and_nothing_built()
    {
        var published = new PinnedImage("ghcr.io/acme/shop", "1.4");

        AppImage.Describe("shop", Args with { Published = published }).Should().BeSameAs(published);
    }
}
