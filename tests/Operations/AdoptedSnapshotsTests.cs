using Infra.Components;
using Infra.Model;
using Infra.Operations.Adoption;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class AdoptedSnapshotsTests
{
    private const string Prepare = "docker run --rm --network none --pull never --read-only --user redis --cap-drop ALL "
        + "--label infra.stack=shop-dev --volume old_cache:/volume:nocopy --entrypoint sh ";

    private readonly FakeShell shell = FakeShell.WithEngine().On("docker run");

    [Fact]
    public async Task A_snapshot_is_made_what_Redis_reads_before_it_starts_on_a_volume_that_is_taken_over()
    {
        await PrepareAsync("old_cache");

        shell.Changes.Should().ContainSingle().Which.Should().StartWith(Prepare + "redis:").And.EndWith("mv .appendonly.aof appendonly.aof");
    }

    [Fact]
    public async Task Nothing_is_done_on_a_volume_of_the_stacks_own_or_once_it_is_taken_over()
    {
        await PrepareAsync(null);
        shell.On("docker ps --all --filter volume=old_cache --filter label=infra.service", "redis:8\n");
        await PrepareAsync("old_cache");

        shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task One_that_cannot_be_made_so_is_told()
    {
        shell.On("docker run", exitCode: 1, error: "No space left on device");

        await this.Awaiting(test => test.PrepareAsync("old_cache")).Should().ThrowAsync<UserErrorException>()
            .WithMessage("old_cache: Its snapshot cannot be made what 'redis' reads: No space left on device. Nothing was started.");
    }

    private Task PrepareAsync(string? existing)
    {
        var redis = Redis.Describe("redis", new() { Password = new Secret("redis-password") });
        var adopting = redis with { Mounts = [new VolumeMount(new Volume("redis") { Existing = existing }, "/data")] };
        return new AdoptedSnapshots(new Docker(shell), SmallStack.Dev(adopting).Topology).PrepareAsync(CancellationToken.None);
    }
}
