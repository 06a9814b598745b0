using Infra.Model;
using Infra.Operations.PulumiEngine;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>A run of Pulumi that was killed half-way; the next one gets past what it left.</summary>
public sealed class InterruptedTests : IDisposable
{
    private const string Pending = """
        {"deployment": {
          "resources": [{"type": "docker:index/network:Network", "id": "net-1", "inputs": {"name": "shop-dev-default"}}],
          "pending_operations": [
            {"type": "creating", "resource": {"type": "docker:index/container:Container", "inputs": {"name": "shop-dev-web"}}},
            {"type": "creating", "resource": {"type": "docker:index/network:Network", "inputs": {"name": "shop-dev-default"}}},
            {"type": "creating", "resource": {"type": "docker:index/volume:Volume", "inputs": {"name": "shop-dev-postgres"}}},
            {"type": "deleting", "resource": {"type": "docker:index/container:Container", "id": "b", "inputs": {"name": "shop-dev-beat"}}}
          ]}}
        """;

    private readonly CommandLineRun run = new();

    public InterruptedTests()
    {
        run.Shell.Programs.Add("pulumi");
        run.Shell.On("pulumi whoami", "me\n")
            .On("pulumi stack select")
            .On("pulumi up")
            .On("docker manifest inspect", "{}")
            .On("pulumi stack export", Pending)
            .On("docker rm")
            .On("docker network rm")
            .On("docker inspect --type container --format", "c-1 shop-dev pulumi\n")
            .On("docker inspect --type network --format", "net-1 shop-dev pulumi\n");
    }

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task What_it_left_unknown_is_removed_before_it_is_made_again()
    {
        (await UpAsync()).Should().Be(0);

        run.Shell.Changes.Should().Equal(
            "pulumi stack select dev --create --non-interactive", "docker rm --force c-1", $"pulumi up --stack dev --yes --cwd {run.Workspace.Root}");
        run.Error.Should().Contain("container shop-dev-web: An interrupted run left it, unknown to Pulumi's state. Removed; it is created again.");
    }

    [Theory]
    [InlineData("c-1 other-dev pulumi\n")]
    [InlineData("c-1 shop-dev compose\n")]
    [InlineData("c-1  \n")]
    public async Task What_belongs_to_somebody_else_stays(string container)
    {
        run.Shell.On("docker inspect --type container --format", container);

        await UpAsync();

        run.Shell.Changes.Should().NotContain(line => line.StartsWith("docker rm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_step_that_it_began_and_that_still_runs_is_not_cut_off()
    {
        run.Shell.On("docker inspect --type container --format", "c-1 shop-dev pulumi true no\n");

        (await UpAsync()).Should().Be(1);

        run.Error.Should()
            .Contain(
                "container shop-dev-web: A step that an interrupted run started is still running, and is not stopped. "
                    + "Wait for it to end ('docker wait shop-dev-web')"
            );
        run.Shell.Changes.Should().NotContain(line => line.StartsWith("docker rm", StringComparison.Ordinal));
    }

    [Fact]
    public async Task After_a_whole_run_nothing_is_asked()
    {
        run.Shell.On("pulumi stack export", """{"deployment": {"resources": []}}""");

        await UpAsync();

        run.Shell.Asked.Should().NotContain(line => line.StartsWith("docker inspect --type container --format", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_removed_is_told()
    {
        run.Shell.On("docker rm", exitCode: 1, error: "Error: it is stuck");

        (await UpAsync()).Should().Be(1);

        run.Error.Should().Contain("container shop-dev-web: An interrupted run left it, and it cannot be removed: Error: it is stuck. Remove it");
        run.Shell.Changes.Should().NotContain(line => line.StartsWith("pulumi up", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("pulumi")]
    [InlineData("docker")]
    public async Task Without_a_client_to_ask_nothing_is_cleared(string missing)
    {
        run.Shell.Programs.Remove(missing);

        (await new PulumiLeftovers(run.Shell, run.Workspace.Root).ClearAsync(new Naming("shop", "dev"))).Should().BeEmpty();

        run.Shell.Asked.Should().BeEmpty();
    }

    [Theory]
    [InlineData(0, "warning: not JSON", 0)]
    [InlineData(255, "", 1)]
    public async Task A_state_that_cannot_be_read_is_no_reason_to_remove_anything(int code, string output, int told)
    {
        run.Shell.On("pulumi stack export", output, code, "error: no stack named 'dev' found");

        (await new PulumiLeftovers(run.Shell, run.Workspace.Root).ClearAsync(new Naming("shop", "dev"))).Should().HaveCount(told);

        run.Shell.Changes.Should().BeEmpty();
    }

    private Task<int> UpAsync() => run.RunAsync("up", "dev", "--engine", "pulumi");
}
