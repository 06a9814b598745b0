using Infra.Operations.Engine;
using Infra.Tests.Offline;

namespace Infra.Tests.Cli;

/// <summary>Images that are pushed, and images for several platforms, which only a registry keeps.</summary>
public sealed class BuildForRegistryTests : BuildTest
{
    [Fact]
    public async Task A_pushed_image_is_told_by_its_digest()
    {
        Run.Write("Pulumi.prod.yaml", Registry);
        Run.Shell.On("docker buildx bake", () =>
        {
            Run.Write(".infra/prod/bake-result.json", """{"app": {"containerimage.digest": "sha256:abc"}}""");
            return new ShellResult(0, "", "");
        });

        (await Run.RunAsync("build", "prod", "--push")).Should().Be(0);

        Run.Shell.Changes.Should().ContainSingle().Which.Should().Contain(" --push ").And.EndWith(" app");
        Run.Out.Should().Contain("pulumi config set --path infra:app.image ghcr.io/acme/shop:latest@sha256:abc");
    }

    [Fact]
    public async Task Pushing_needs_a_place_to_push_to()
    {
        (await Run.RunAsync("build", "prod", "--push")).Should().Be(2);

        Run.Error.Should().Contain("infra:app.registry: It is not set, so there is nowhere to push to.");
        Run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task Several_platforms_that_are_asked_for_are_not_loaded_into_one_engine()
    {
        (await Run.RunAsync("build", "dev", "--platform", "linux/amd64", "--platform", "linux/arm64")).Should().Be(2);

        Run.Error.Should().Contain("An engine keeps an image for one platform.");
        Run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task Several_platforms_of_the_settings_are_the_engines_own_until_it_is_pushed()
    {
        Run.Write(
            "Pulumi.prod.yaml",
            Registry.Replace(
                "registry: ghcr.io/acme/shop\n",
                "registry: ghcr.io/acme/shop\n    cacheTo: [ghcr.io/acme/shop:cache]\n",
                StringComparison.Ordinal
            )
        );

        (await Run.RunAsync("build", "prod")).Should().Be(0, Run.Error);

        Run.Error.Should()
            .Be(
                "shop-prod: Built for the engine's own platform, since it keeps an image for one. "
                    + "For linux/amd64, linux/arm64 push it to a registry with --push.\n"
            );
        File.ReadAllText(Run.PathOf(".infra/prod/docker-bake.json"))
            .Should()
            .NotContain("platforms")
            .And.NotContain("cache-to", "the engine's builder writes none");
    }

    [Fact]
    public async Task B6_mikrom_is_built_here_and_pushed_for_both_platforms()
    {
        Run.Write(
            "Pulumi.mikrom.yaml",
            File.ReadAllText(Repository.PathOf("Pulumi.mikrom.yaml")).Replace("samples/mikrom", "app", StringComparison.Ordinal)
        );
        (await Run.RunAsync("build", "mikrom")).Should().Be(0, Run.Error);
        Run.Write(
            "Pulumi.mikrom.yaml",
            File.ReadAllText(Run.PathOf("Pulumi.mikrom.yaml"))
                .Replace("    tag: mikrom-py:latest\n", "", StringComparison.Ordinal)
                .Replace("    # ", "    ", StringComparison.Ordinal)
                .Replace("    In the tag's", "    # In the tag's", StringComparison.Ordinal)
        );
        Run.Shell.On(
            "docker buildx bake --file",
            () =>
            {
                Run.Write(".infra/mikrom/bake-result.json", """{"app": {"containerimage.digest": "sha256:abc"}}""");
                return new ShellResult(0, "", "");
            }
        );

        (await Run.RunAsync("build", "mikrom", "--push")).Should().Be(0, Run.Error);

        Run.Shell.Changes.Should()
            .HaveCount(2)
            .And.SatisfyRespectively(here => here.Should().Contain(" --load "), pushed => pushed.Should().Contain(" --push ").And.EndWith(" app"));
        File.ReadAllText(Run.PathOf(".infra/mikrom/docker-bake.json"))
            .Should()
            .ContainAll("linux/amd64", "linux/arm64", "ghcr.io/acme/mikrom-py:latest", "cache-from", "cache-to");
        Run.Out.Should().Contain("ghcr.io/acme/mikrom-py:latest@sha256:abc");
    }
}
