using System.Text.Json.Nodes;
using Infra.Model;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class StepRunTests
{
    private static readonly ServiceSpec Step = Specs.Job("migrations");
    private readonly FakeShell shell = new FakeShell().On("docker compose").On("docker wait").On(FakeShell.Logs, "no such table\n");

    [Fact]
    public async Task Runs_it_alone_and_waits_for_its_end()
    {
        Ends(0);

        await RunAsync();

        shell.Changes.Should().Equal(
            "docker compose --profile steps up --detach --no-build --no-deps --force-recreate --quiet-pull migrations",
            "docker wait id-migrations");
    }

    [Fact]
    public async Task A_failure_is_told_with_its_last_lines()
    {
        Ends(3);

        (await this.Awaiting(test => test.RunAsync()).Should().ThrowAsync<UserErrorException>()).Which.Message.Should().Be("""
            shop-dev: The step 'migrations' failed, and nothing that waits for it was changed: the old version keeps serving.
            migrations: It is exited, exit code 3.
              its last lines:
                no such table
            Fix it and run './infra.sh up dev' again.
            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task One_that_cannot_be_started_is_told_too()
    {
        shell.On("docker compose", exitCode: 1, error: "no such image");

        await this.Awaiting(test => test.RunAsync()).Should().ThrowAsync<UserErrorException>()
            .WithMessage("migrations: The step could not be started: no such image. Nothing that waits for it was changed.");
    }

    private void Ends(int exitCode) => shell.On("docker ps --all", "id-migrations\n")
        .On("docker inspect", new JsonArray(FakeContainers.Step("migrations", exitCode: exitCode)).ToJsonString());

    private Task RunAsync() => new StepRun(new Docker(shell), SmallStack.Dev(Step), ["compose"], new Silent()).RunAsync(Step, CancellationToken.None);
}
