using Infra.Model;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>An image that was published runs the code in it: what would change that code is refused.</summary>
public sealed class PublishedImageTests
{
    [Fact]
    public async Task A_published_image_runs_its_own_code_in_development_too()
    {
        var web = (await GatherAsync("image: ghcr.io/acme/shop:1.4")).Find("web")!;

        web.Mounts.Should().NotContain(mount => mount is BindMount);
        web.Command[0].Should().Be("uvicorn");
        web.Watch.Should().BeEmpty();
    }

    [Theory]
    [InlineData("source: [lib]", "source")]
    [InlineData("reload: sync", "reload")]
    [InlineData("reloader: watchfiles", "reloader")]
    public void Nothing_of_a_reload_stands_beside_a_published_image(string line, string key) =>
        SettingsOf
            .Problems($"config:\n  infra:environment: dev\n  infra:app:\n    image: ghcr.io/acme/shop:1.4\n    {line}\n")
            .Should()
            .Be(
                $"Pulumi.dev.yaml:5:5 infra:app.{key}: infra:app.image runs the code that it was published with, "
                    + "so nothing is reloaded, and this would change nothing. Drop one of the two."
            );

    [Fact]
    public void What_the_next_image_is_built_from_is_there_beside_a_published_one() =>
        SettingsOf
            .Problems(
                "config:\n  infra:environment: prod\n  infra:app:\n    image: ghcr.io/acme/shop:1.4\n"
                    + "    registry: ghcr.io/acme/shop\n    context: nosuch\n",
                "prod"
            )
            .Should()
            .Be(
                "Pulumi.prod.yaml:6:5 infra:app.context: There is no folder 'nosuch', which './infra.sh build' would build the next image from. "
                    + "Name your application's folder, or drop the setting."
            );

    [Fact]
    public void Whether_a_published_image_has_a_shell_may_be_said() =>
        SettingsOf
            .Problems("config:\n  infra:environment: dev\n  infra:app:\n    image: ghcr.io/acme/shop:1.4\n    build: { runtime: distroless }\n")
            .Should()
            .BeEmpty();

    private static Task<Topology> GatherAsync(string line) =>
        StackFactory.GatherAsync(SettingsOf.Text($"config:\n  infra:environment: dev\n  infra:app:\n    {line}\n"));
}
