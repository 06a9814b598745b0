using Infra.Model;
using Infra.Operations.Builds;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>A built image on its way to a registry, before anything is started from it.</summary>
public sealed class PushTests : IDisposable
{
    private readonly CommandLineRun run = new();

    public PushTests() => run.Shell.On("docker build").On("docker push");

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task It_is_pushed_when_it_is_built()
    {
        await BuildAsync(Image());

        run.Shell.Changes.Should().Equal($"{Words("docker build")}", "docker push --quiet ghcr.io/acme/shop:1");
    }

    [Fact]
    public async Task Several_platforms_are_pushed_as_one()
    {
        await BuildAsync(Image() with { Platforms = ["linux/amd64", "linux/arm64"] });

        run.Shell.Changes.Should().Equal($"{Words("docker build")}", $"{Words("docker buildx build --push --platform linux/amd64,linux/arm64")}");
    }

    [Fact]
    public async Task One_platform_is_the_one_that_is_built()
    {
        await BuildAsync(Image() with { Platforms = ["linux/arm64"] });

        run.Shell.Changes.Should().Equal($"{Words("docker build --platform linux/arm64")}", "docker push --quiet ghcr.io/acme/shop:1");
    }

    [Fact]
    public async Task Other_images_stay_here()
    {
        await BuildAsync(Image() with { Push = false });

        run.Shell.Changes.Should().ContainSingle();
    }

    [Fact]
    public async Task One_that_cannot_be_pushed_is_not_taken_for_done_by_the_next_run()
    {
        OnEngine("sha256:built");
        run.Shell.On("docker push", exitCode: 1, error: "denied: you may not");

        foreach (var _ in Enumerable.Range(1, 2))
            (await FluentActions.Awaiting(UpAsync).Should().ThrowAsync<UserErrorException>()).WithMessage(
                "image app: It cannot be pushed to ghcr.io/acme/shop:latest: denied: you may not. "
                    + "Log in with 'docker login', or change infra:app.registry. Running containers were not changed."
            );

        run.Shell.Changes.Should().Equal("docker push --quiet ghcr.io/acme/shop:latest", "docker push --quiet ghcr.io/acme/shop:latest");
    }

    [Fact]
    public async Task What_was_only_built_is_pushed_by_the_next_up_and_once()
    {
        OnEngine("sha256:built");

        await UpAsync();
        await UpAsync();

        run.Shell.Changes.Should().Equal("docker push --quiet ghcr.io/acme/shop:latest");
    }

    [Fact]
    public async Task What_was_built_again_here_after_a_push_is_pushed_as_well()
    {
        OnEngine("sha256:built");
        await UpAsync();
        OnEngine("sha256:again");

        await UpAsync();

        run.Shell.Changes.Should().HaveCount(2);
    }

    [Fact]
    public async Task What_was_only_built_is_not_built_again_by_build()
    {
        OnEngine("sha256:built");
        run.Shell.On("docker buildx version", "v0.29\n");

        (await run.RunAsync("build", "prod")).Should().Be(0, run.Error);

        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_note_of_pushes_that_cannot_be_read_as_such_is_none()
    {
        OnEngine("sha256:built");
        run.Write(".infra/prod/pushed", "?\n\n");

        await UpAsync();

        run.Shell.Changes.Should().ContainSingle();
    }

    private void OnEngine(string id)
    {
        run.Write("Pulumi.prod.yaml", "config:\n  infra:environment: prod\n  infra:app: { registry: ghcr.io/acme/shop }\n");
        var context = BuildContext.Hash(run.Workspace.Root, new("app", "app"));
        run.Shell.On(
            "docker image inspect",
            $$$$"""{"Id": "{{{{id}}}}", "RepoTags": ["ghcr.io/acme/shop:latest"], "Config": {"Labels": {"infra.context": "{{{{context}}}}"}}}"""
        );
    }

    // What 'up' does of its images.
    private async Task UpAsync()
    {
        var stack = await StackLoader.LoadAsync(run.Workspace, "prod");
        await Builder.BuildAsync(stack.Naming, await Builder.StaleAsync(stack, CancellationToken.None), CancellationToken.None);
    }

    private ImageBuilder Builder => new(run.Workspace, run.Shell, new Docker(run.Shell), UpView.Make(TextWriter.Null));

    private static BuiltImage Image() => new("app", "app") { Tag = "ghcr.io/acme/shop:1", Push = true };

    private string Words(string start) =>
        $"{start} --tag ghcr.io/acme/shop:1 --label infra.context=h --file {run.PathOf("app/Dockerfile")} {run.PathOf("app")}";

    private Task BuildAsync(BuiltImage image)
        => Builder.BuildAsync(new Naming("shop", "dev"), [new StaleImage(image, "h")], CancellationToken.None);
}
