using System.Collections.Immutable;
using Infra.Operations.Engine;
using Infra.Operations.Running;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class RunningStepsTests
{
    private readonly FakeShell shell = new();

    [Fact]
    public async Task A_step_that_an_interrupted_up_began_is_waited_for_and_not_begun_again()
    {
        shell.Running(FakeContainers.Step("migrations")).On("docker wait", "0\n");

        var now = await WaitAsync(FakeContainers.Step("migrations", "running"), FakeContainers.Container("web"));

        shell.Changes.Should().Equal("docker wait id-migrations");
        now.Single().IsCompleted.Should().BeTrue("what runs next is decided by how it ended");
    }

    [Fact]
    public async Task Nothing_is_waited_for_where_no_step_runs()
    {
        (await WaitAsync(FakeContainers.Step("migrations"), FakeContainers.Container("web"))).Should().HaveCount(2);

        shell.Asked.Should().BeEmpty();
    }

    private Task<ImmutableArray<ContainerState>> WaitAsync(params System.Text.Json.Nodes.JsonObject[] existing) =>
        new RunningSteps(new Docker(shell), SmallStack.Dev(Specs.Job("migrations")), new Silent()).WaitAsync(
            [.. existing.Select(ContainerState.From)],
            default
        );
}
