using Infra.Model;

namespace Infra.Tests.Model;

public sealed class PinnedImageTests
{
    [Theory]
    [InlineData("postgres:17.6", "postgres", "17.6", null)]
    [InlineData("postgres", "postgres", "latest", null)]
    [InlineData("localhost:5000/shop", "localhost:5000/shop", "latest", null)]
    [InlineData("localhost:5000/shop:1.2@sha256:ab", "localhost:5000/shop", "1.2", "sha256:ab")]
    [InlineData("ghcr.io/acme/shop@sha256:ab", "ghcr.io/acme/shop", "", "sha256:ab")]
    public void Is_read_as_engines_read_it(string reference, string repository, string tag, string? digest)
        => PinnedImage.Parse(reference).Should().Be(new PinnedImage(repository, tag, digest));

    [Theory]
    [InlineData("shop:1.2@sha256:ab", "shop:1.2@…")]
    [InlineData("shop@sha256:ab", "shop@…")]
    [InlineData("shop:1.2", "shop:1.2")]
    public void Is_written_as_it_was_read(string reference, string brief)
    {
        var image = PinnedImage.Parse(reference);

        image.Reference.Should().Be(reference);
        image.ShortReference.Should().Be(brief);
    }

    [Theory]
    [InlineData("ghcr.io/acme/shop:1", true)]
    [InlineData("docker.io/acme/shop", true)]
    [InlineData("registry:5000/shop", true)]
    [InlineData("localhost/shop", true)]
    [InlineData("acme/shop:1", false)]
    [InlineData("shop:1.2", false)]
    public void Tells_a_registry_from_a_folder_of_the_default_one(string reference, bool hasRegistry)
        => PinnedImage.HasRegistry(reference).Should().Be(hasRegistry);
}
