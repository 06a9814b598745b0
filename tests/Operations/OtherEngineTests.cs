using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Running;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class OtherEngineTests
{
    private readonly FakeShell shell = FakeShell.WithEngine();

    [Theory]
    [InlineData(EngineKind.Compose, "pulumi")]
    [InlineData(EngineKind.Pulumi, "compose")]
    public async Task What_the_other_engine_made_is_not_started_beside(EngineKind engine, string other)
    {
        shell.On("docker network ls", $"shop-dev-default\t{other}\n");

        var require = () => RequireAsync(engine, ContainerState.From(FakeContainers.Container("web", engine: other)));

        (await require.Should().ThrowAsync<UserErrorException>()).Where(error => error.ExitCode == 2).WithMessage(
            $"shop-dev: 2 objects of the engine '{other}' exist (shop-dev-default, shop-dev-web), and two engines cannot share them.\n"
            + $"Run './infra.sh down dev --engine {other}' first: volumes, and so the data, stay.");
    }

    [Fact]
    public async Task What_the_same_engine_made_is_no_hindrance()
    {
        shell.On("docker network ls", "shop-dev-default\tcompose\n");

        await this.Awaiting(test => test.RequireAsync(EngineKind.Compose, ContainerState.From(FakeContainers.Container("web"))))
            .Should()
            .NotThrowAsync();
    }

    private Task RequireAsync(EngineKind engine, params ImmutableArray<ContainerState> existing)
        => OtherEngine.RequireNoneAsync(new Docker(shell), SmallStack.Dev(SmallStack.Web).Naming, engine, existing, CancellationToken.None);
}
