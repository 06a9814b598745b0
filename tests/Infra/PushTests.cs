using Infra.Engine;
using Infra.Model;
using Infra.Tests.Support;
using Infra.Up;

namespace Infra.Tests.CommandLines;

/// <summary>A built image on its way to a registry, before anything is started from it.</summary>
public sealed class PushTests : IDisposable
{
    private readonly CommandLineRun run = new();

    public PushTests() => run.Shell.On("docker build").On("docker push").On("docker image rm");

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
        run.Shell.On("docker push", exitCode: 1, error: "denied: you may not");

        var build = () => BuildAsync(Image());

        (await build.Should().ThrowAsync<Cli.CliException>()).WithMessage(
            "image app: It cannot be pushed to ghcr.io/acme/shop:1: denied: you may not. Log in with 'docker login', or change infra:app.registry. Nothing that runs was touched.");
        run.Shell.Changes.Last().Should().Be("docker image rm --no-prune ghcr.io/acme/shop:1");
    }

    private static BuiltImage Image() => new("app", "app") { Tag = "ghcr.io/acme/shop:1", Push = true };

    private string Words(string start) => $"{start} --tag ghcr.io/acme/shop:1 --label infra.context=h --file {run.PathOf("app/Dockerfile")} {run.PathOf("app")}";

    private Task BuildAsync(BuiltImage image)
        => new ImageBuilder(run.Workspace, run.Shell, new Docker(run.Shell), UpView.Make(TextWriter.Null)).BuildAsync(new Naming("shop", "dev"), [(image, "h")], CancellationToken.None);
}
