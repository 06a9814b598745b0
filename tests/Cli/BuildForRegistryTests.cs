using Infra.Operations.Engine;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>Images that are pushed, and images for several platforms, which only a registry keeps.</summary>
public sealed class BuildForRegistryTests : IDisposable
{
    [Fact]
    public async Task A_pushed_image_is_told_by_its_digest()
    {
        run.Write("Pulumi.prod.yaml", Registry);
        run.Shell.On("docker buildx bake", () =>
        {
            run.Write(".infra/prod/bake-result.json", """{"app": {"containerimage.digest": "sha256:abc"}}""");
            return new ShellResult(0, "", "");
        });

        (await run.RunAsync("build", "prod", "--push")).Should().Be(0);

        run.Shell.Changes.Should().ContainSingle().Which.Should().Contain(" --push ").And.EndWith(" app");
        run.Out.Should().Contain("pulumi config set --path infra:app.image ghcr.io/acme/shop:latest@sha256:abc");
    }

    [Fact]
    public async Task Pushing_needs_a_place_to_push_to()
    {
        (await run.RunAsync("build", "prod", "--push")).Should().Be(2);

        run.Error.Should().Contain("infra:app.registry: It is not set, so there is nowhere to push to.");
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task Several_platforms_that_are_asked_for_are_not_loaded_into_one_engine()
    {
        (await run.RunAsync("build", "dev", "--platform", "linux/amd64", "--platform", "linux/arm64")).Should().Be(2);

        run.Error.Should().Contain("An engine keeps an image for one platform.");
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task Several_platforms_of_the_settings_are_the_engines_own_until_it_is_pushed()
    {
        run.Write(
            "Pulumi.prod.yaml",
            Registry.Replace(
                "registry: ghcr.io/acme/shop\n",
                "registry: ghcr.io/acme/shop\n    cacheTo: [ghcr.io/acme/shop:cache]\n",
                StringComparison.Ordinal
            )
        );

        (await run.RunAsync("build", "prod")).Should().Be(0, run.Error);

        run.Error.Should()
            .Be(
                "shop-prod: Built for the engine's own platform, since it keeps an image for one. "
                    + "For linux/amd64, linux/arm64 push it to a registry with --push.\n"
            );
        File.ReadAllText(run.PathOf(".infra/prod/docker-bake.json"))
            .Should()
            .NotContain("platforms")
            .And.NotContain("cache-to", "the engine's builder writes none");
    }

    [Fact]
    public async Task B6_mikrom_is_built_here_and_pushed_for_both_platforms()
    {
        run.Write(
            "Pulumi.mikrom.yaml",
            File.ReadAllText(Repository.PathOf("Pulumi.mikrom.yaml")).Replace("samples/mikrom", "app", StringComparison.Ordinal)
        );
        (await run.RunAsync("build", "mikrom")).Should().Be(0, run.Error);
        run.Write(
            "Pulumi.mikrom.yaml",
            File.ReadAllText(run.PathOf("Pulumi.mikrom.yaml"))
                .Replace("    tag: mikrom-py:latest\n", "", StringComparison.Ordinal)
                .Replace("    # ", "    ", StringComparison.Ordinal)
                .Replace("    In the tag's", "    # In the tag's", StringComparison.Ordinal)
        );
        run.Shell.On(
            "docker buildx bake --file",
            () =>
            {
                run.Write(".infra/mikrom/bake-result.json", """{"app": {"containerimage.digest": "sha256:abc"}}""");
                return new ShellResult(0, "", "");
            }
        );

        (await run.RunAsync("build", "mikrom", "--push")).Should().Be(0, run.Error);

        run.Shell.Changes.Should()
            .HaveCount(2)
            .And.SatisfyRespectively(here => here.Should().Contain(" --load "), pushed => pushed.Should().Contain(" --push ").And.EndWith(" app"));
        File.ReadAllText(run.PathOf(".infra/mikrom/docker-bake.json"))
            .Should()
            .ContainAll("linux/amd64", "linux/arm64", "ghcr.io/acme/mikrom-py:latest", "cache-from", "cache-to");
        run.Out.Should().Contain("ghcr.io/acme/mikrom-py:latest@sha256:abc");
    }

    private const string Registry = """
        config:
          infra:environment: prod
          infra:app:
            registry: ghcr.io/acme/shop
            platforms: [linux/amd64, linux/arm64]
            image: ghcr.io/acme/shop:1@sha256:0123456789012345678901234567890123456789012345678901234567890123

        """;

    private readonly CommandLineRun run = new(
        FakeShell
            .WithEngine()
            .On("docker buildx version", "v0.29\n")
            .On("docker buildx bake")
            .On("docker buildx bake --help", "      --allow stringArray      Allow build to access specified resources\n")
    );

    public void Dispose() => run.Dispose();
}
