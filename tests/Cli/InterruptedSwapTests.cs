using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>A restore that is interrupted, by a power failure say, while it swaps data on a volume.</summary>
public sealed class InterruptedSwapTests : IDisposable
{
    private const string Undo = "docker run --rm --name shop-dev-restore-redis ";
    private readonly CommandLineRun run = new(
        FakeShell
            .WithEngine()
            .Running(FakeContainers.All())
            .Dumping()
            .On("docker restart")
            .On("docker events")
            .On("docker pull")
            .On("docker build")
            .On("docker compose --project-directory")
            .On(
                "docker compose --project-directory",
                "postgres hash-postgres\nredis hash-redis\nrabbitmq hash-rabbitmq\nweb hash-web\nworker hash-worker\nbeat hash-beat\n"
            )
    );

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_swap_is_noted_before_it_begins_and_no_longer_than_until_its_end()
    {
        var note = await CutOffAsync();

        note.Should().ContainAll("\"Part\":\"redis\"", "[\"shop-dev-redis\"]", "\"run\",\"--rm\"", "\"shop-dev-redis:/data:nocopy\"", "\"undo\"]");
    }

    [Theory]
    [InlineData("backup", "dev")]
    [InlineData("restart", "dev", "web")]
    [InlineData("heal", "dev", "--once")]
    [InlineData("up", "dev", "--images", "registry")]
    [InlineData("restore", "dev", "newest", "redis", "--yes")]
    public async Task It_is_undone_before_the_next_command_does_anything(params string[] command)
    {
        await LostAsync();

        (await run.RunAsync(command)).Should().Be(0, run.Error);

        Since()
            .First()
            .Should()
            .StartWith(Undo + "--pull never --network none --volume shop-dev-redis:/data:nocopy ")
            .And.EndWith(" redis-restore /data undo");
        run.Error.Should().Contain("redis: A restore was interrupted while it replaced the data. The data is complete again: ");
        File.Exists(Note).Should().BeFalse();
    }

    [Theory]
    [InlineData("backup", "dev")]
    [InlineData("heal", "dev", "--once")]
    [InlineData("up", "dev", "--images", "registry")]
    public async Task Where_it_cannot_be_undone_nothing_is_started_on_it_and_the_command_that_helps_is_named(params string[] command)
    {
        await LostAsync();
        run.Shell.On(Undo, exitCode: 1, error: "input/output error");

        (await run.RunAsync(command)).Should().Be(1);

        run.Error.Should().Be("redis: A restore was interrupted while it replaced the data, and the old data cannot be put back: input/output error. "
            + "Restore it again ('./infra.sh restore dev newest redis') before anything uses it.\n");
        Since().Should().ContainSingle("it has tried, and no more");
        File.Exists(Note).Should().BeTrue();
    }

    [Fact]
    public async Task The_restore_that_helps_and_a_down_go_on_all_the_same()
    {
        await LostAsync();
        run.Shell.On(Undo, () => run.Shell.Asked.Last().EndsWith(" undo") ? new(1, "", "input/output error") : new(0, "", ""));

        (await run.RunAsync("restore", "dev", "newest", "redis", "--yes")).Should().Be(0, run.Error);
        run.Error.Should().Contain("redis: A restore was interrupted while it replaced the data, and the old data cannot be put back");
        File.Exists(Note).Should().BeFalse("the data is complete now");
    }

    [Fact]
    public async Task Nothing_is_moved_under_a_container_that_runs_on_it()
    {
        await LostAsync();
        run.Shell.On("docker ps --filter volume=shop-dev-redis", "shop-dev-redis\n");

        (await run.RunAsync("backup", "dev")).Should().Be(1);

        run.Error.Should().Be("redis: A restore was interrupted while it replaced the data, and shop-dev-redis uses what it left. "
            + "Stop it ('docker stop shop-dev-redis'), and run the same command again.\n");
        Since().Should().BeEmpty();
    }

    [Fact]
    public async Task Of_a_volume_that_is_gone_nothing_is_recreated()
    {
        await LostAsync();
        run.Shell.On("docker volume ls");

        (await run.RunAsync("restart", "dev", "web")).Should().Be(0, run.Error);

        Since().Should().Equal("docker restart id-web");
        File.Exists(Note).Should().BeFalse();
    }

    [Fact]
    public async Task A_note_that_did_not_arrive_whole_on_the_disk_is_of_a_swap_that_had_not_begun()
    {
        await LostAsync();
        run.Write(".infra/dev/swaps", (await File.ReadAllTextAsync(Note))[..40]);

        (await run.RunAsync("restart", "dev", "web")).Should().Be(0, run.Error);

        Since().Should().Equal("docker restart id-web");
    }

    private string Note => run.PathOf(".infra/dev/swaps");

    private int seen;

    private IEnumerable<string> Since() => run.Shell.Changes.Skip(seen);

    // What is noted while the data take each other's place.
    private async Task<string> CutOffAsync()
    {
        var noted = "";
        (await run.RunAsync("backup", "dev")).Should().Be(0, run.Error);
        run.Shell.On(Undo, () =>
        {
            if (run.Shell.Asked.Last().EndsWith(" commit")) noted = File.ReadAllText(Note);
            return new(0, "", "");
        });
        (await run.RunAsync("restore", "dev", "newest", "redis", "--yes")).Should().Be(0, run.Error);
        File.Exists(Note).Should().BeFalse();
        Directory.Move(Directory.GetDirectories(run.PathOf("backups/dev")).Single(), run.PathOf("backups/dev/20250101T000000Z"));
        return noted;
    }

    // The power was lost then: the note is all that is left of it.
    private async Task LostAsync()
    {
        run.Write(".infra/dev/swaps", await CutOffAsync());
        run.Shell.On("docker ps --filter volume=")
            .On("docker volume ls --quiet", "shop-dev-redis\n");
        seen = run.Shell.Changes.Count();
    }
}
