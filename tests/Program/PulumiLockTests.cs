using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Tests.Support;

namespace Infra.Tests.Program;

/// <summary>Plain <c>pulumi up</c> is one of the commands that keep out of each other's way.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class PulumiLockTests : IDisposable
{
    private static readonly Naming Dev = new("shop", "dev");

    private readonly EnvironmentVariables variables = new();
    private readonly TemporaryRoot root = new();

    public PulumiLockTests() =>
        (variables["PULUMI_DRY_RUN"], variables["PULUMI_CONFIG"], variables["DOCKER_HOST"], variables[StackLocks.HeldVariable]) = (
            "false",
            "{}",
            null,
            null
        );

    private StackLocks Locks => new(root.Path);

    private string Path => Locks.PathOf(EngineAddress.Usual, Dev);

    public void Dispose()
    {
        variables.Dispose();
        root.Dispose();
    }

    [Fact]
    public async Task It_is_refused_while_another_command_changes_the_stack_and_a_preview_is_not()
    {
        using var first = StackLock.TryTake(Path, "'./infra.sh up dev'");

        await this.Awaiting(_ => LockedAsync())
            .Should()
            .ThrowAsync<UserErrorException>()
            .WithMessage("shop-dev: Another command is changing it: './infra.sh up dev'.*");
        variables["PULUMI_DRY_RUN"] = "true";
        (await LockedAsync()).Should().BeNull();
    }

    [Fact]
    public async Task The_command_line_that_started_it_holds_the_lock_for_it()
    {
        using var first = StackLock.TryTake(Path, "'up dev'");
        variables[StackLocks.HeldVariable] = Path;

        (await LockedAsync()).Should().BeNull();
    }

    [Fact]
    public async Task It_holds_the_lock_of_the_engine_that_the_provider_changes()
    {
        variables["PULUMI_CONFIG"] = """{"docker:host": "ssh://root@server"}""";

        using var held = await LockedAsync();

        StackLock.TryTake(Locks.PathOf("ssh://root@server", Dev), "another").Should().BeNull();
        StackLock.HolderOf(Locks.PathOf("ssh://root@server", Dev)).Should().StartWith("'pulumi up' of dev in /srv/shop (pid ");
    }

    private Task<IDisposable?> LockedAsync() => PulumiProgram.LockedAsync(Locks, "/srv/shop", Dev);
}
