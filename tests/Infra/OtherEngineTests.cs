using System.Collections.Immutable;
using Infra.Cli;
using Infra.Engine;
using Infra.Tests.Support;
using Infra.Up;

namespace Infra.Tests.CommandLines;

public sealed class OtherEngineTests
{
    private readonly FakeShell shell = FakeShell.WithEngine();

    [Theory]
    [InlineData("compose", "pulumi")]
    [InlineData("pulumi", "compose")]
    public async Task What_the_other_engine_made_is_not_started_beside(string engine, string other)
    {
        shell.On("docker network ls", $"shop-dev-default\t{other}\n");

        var require = () => RequireAsync(engine, ContainerState.From(Standing.Container("web", engine: other)));

        (await require.Should().ThrowAsync<CliException>()).Where(error => error.ExitCode == 2).WithMessage(
            $"shop-dev: 2 objects of the engine '{other}' stand (shop-dev-default, shop-dev-web), and two engines cannot share them.\n"
            + $"Run './infra.sh down dev --engine {other}' first: volumes, and so the data, stay.");
    }

    [Fact]
    public async Task What_the_same_engine_made_is_no_hindrance()
    {
        shell.On("docker network ls", "shop-dev-default\tcompose\n");

        await this.Awaiting(test => test.RequireAsync("compose", ContainerState.From(Standing.Container("web")))).Should().NotThrowAsync();
    }

    [Fact]
    public async Task A_volume_that_another_image_wrote_is_not_started_on()
    {
        shell.On("docker volume ls", "shop-dev-postgres\tregistry/postgres:16\nshop-dev-media\t\nshop-dev-redis\tregistry/redis:8\n");
        var writers = ImmutableSortedDictionary<string, string>.Empty
            .Add("shop-dev-postgres", "registry/postgres:17").Add("shop-dev-redis", "registry/redis:8").Add("shop-dev-media", "registry/x:1");

        var require = () => OtherEngine.RequireSameWriterAsync(new Docker(shell), SmallStack.Dev(SmallStack.Web).Naming, writers, CancellationToken.None);

        (await require.Should().ThrowAsync<CliException>()).Where(error => error.ExitCode == 2).WithMessage(
            "shop-dev-postgres: The volume was written by registry/postgres:16, and registry/postgres:17 would start on it now. "
            + "Keep the images it was made with (--images, or the image in Pulumi.dev.yaml), move the data by a dump, or remove the volume with './infra.sh down dev --volumes'.");
    }

    private Task RequireAsync(string engine, params ImmutableArray<ContainerState> standing)
        => OtherEngine.RequireNoneAsync(new Docker(shell), SmallStack.Dev(SmallStack.Web).Naming, engine, standing, CancellationToken.None);
}
