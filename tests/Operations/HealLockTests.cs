using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Healing;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary><c>heal</c> beside commands that change the stack.</summary>
public sealed class HealLockTests
{
    [Fact]
    public async Task It_acts_when_no_other_command_does_and_looks_again_then()
    {
        var shell = FakeShell.WithEngine().Running(FakeContainers.Container("web", "unhealthy"));
        using var output = new StringWriter();
        var upHasEnded = new TaskCompletionSource();
        var healer = new Healer(
            shell,
            new Topology(new Naming("shop", "dev"), [SmallStack.Web]),
            5,
            output,
            TimeProvider.System,
            (_, _) => Task.CompletedTask,
            async _ =>
            {
                await upHasEnded.Task;
                return null;
            }
        );

        var once = healer.OnceAsync(default);
        shell.Changes.Should().BeEmpty();
        shell.Running(FakeContainers.Container("web"));
        upHasEnded.SetResult();

        (await once).Should().BeTrue();
        shell.Changes.Should().BeEmpty("the other one has cured it");
    }

    [Fact]
    public async Task It_holds_the_lock_for_one_action_and_no_longer()
    {
        using var root = new TemporaryRoot();
        var path = new StackLocks(root.Path).PathOf(EngineAddress.Usual, new Naming("shop", "dev"));
        var shell = FakeShell.WithEngine().Running(FakeContainers.Container("web", "unhealthy"));
        var (heldDuring, heldAfter) = (false, true);
        shell.On("docker restart", () =>
        {
            heldDuring = StackLock.TryTake(path, "another") is null;
            shell.Running(FakeContainers.Container("web", "starting"));
            return new(0, "", "");
        });
        using var output = new StringWriter();
        var healer = new Healer(shell, new Topology(new Naming("shop", "dev"), [SmallStack.Web]), 5, output, TimeProvider.System, (_, _) =>
        {
            if (!heldDuring) return Task.CompletedTask;
            // It waits for its recovery.
            using var other = StackLock.TryTake(path, "another");
            heldAfter = other is null;
            shell.Running(FakeContainers.Container("web"));
            return Task.CompletedTask;
        }, _ => Task.FromResult<IDisposable?>(StackLock.TryTake(path, "heal")));

        (await healer.OnceAsync(default)).Should().BeTrue();

        (heldDuring, heldAfter).Should().Be((true, false));
    }
}
