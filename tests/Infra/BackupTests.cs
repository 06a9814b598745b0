using Infra.Tests.Support;

namespace Infra.Tests.CommandLines;

public sealed class BackupTests : IDisposable
{
    private const string Rows = "rows\tpublic.orders\t3\nrows\tpublic.users\t4\n";
    private readonly CommandLineRun run = new(FakeShell.WithEngine().Running(Standing.All())
        .On("docker exec id-postgres", "DUMP", error: "a notice\n" + Rows).On("docker exec id-redis", "SNAPSHOT").On("docker exec id-rabbitmq", "{}"));

    public void Dispose() => run.Dispose();

    private string[] Backups => Directory.Exists(run.PathOf("backups/dev")) ? [.. Directory.GetDirectories(run.PathOf("backups/dev")).Order(StringComparer.Ordinal)] : [];

    [Fact]
    public async Task Takes_each_service_and_notes_size_digest_and_rows()
    {
        (await run.RunAsync("backup", "dev")).Should().Be(0, run.Error);

        var backup = Backups.Should().ContainSingle().Subject;
        File.ReadAllText(Path.Combine(backup, "postgres.dump")).Should().Be("DUMP");
        File.ReadAllText(Path.Combine(backup, "manifest.json")).Should().ContainAll("\"stack\": \"shop-dev\"", "\"bytes\": 4", "\"public.orders\": 3",
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("DUMP"u8)));
        run.Out.Should().ContainAll("postgres: 4 bytes, 7 rows in 2 tables\n", "without the messages in its queues", backup);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(backup).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public async Task A_dump_that_fails_leaves_nothing_that_looks_like_a_backup()
    {
        run.Shell.On("docker exec id-rabbitmq", exitCode: 1, error: "no such node");

        (await run.RunAsync("backup", "dev")).Should().Be(1);

        run.Error.Should().Be("rabbitmq: It was not dumped: no such node. No backup was made.\n");
        Backups.Should().BeEmpty();
    }

    [Fact]
    public async Task What_a_killed_backup_left_is_swept_when_the_next_one_begins()
    {
        using var ended = System.Diagnostics.Process.Start("dotnet", "--version");
        await ended.WaitForExitAsync();
        var (killed, running, other) = ($"backups/dev/.20250101T000000Z.{ended.Id}", "backups/dev/.20250102T000000Z.1", "backups/dev/.mine");
        foreach (var draft in new[] { killed, running, other }) run.Write($"{draft}/postgres.dump", "HAL");

        (await run.RunAsync("backup", "dev")).Should().Be(0, run.Error);

        Backups.Where(path => Path.GetFileName(path).StartsWith('.')).Should().Equal(run.PathOf(running), run.PathOf(other));
        run.Out.Should().Contain($"{run.PathOf(killed)}: removed; it was left of a backup that was killed.\n");
    }

    [Fact]
    public async Task Services_that_do_not_run_are_named_all_at_once()
    {
        run.Shell.Running(Standing.Container("web"), Standing.Container("redis", status: "exited"));

        (await run.RunAsync("backup", "dev")).Should().Be(2);

        run.Error.Split('\n').Should().HaveCount(4).And.Contain(line => line.StartsWith("postgres: The service 'postgres' does not run")).And.Contain(line => line.StartsWith("redis: "));
    }

    [Theory]
    [InlineData("postgress: Nothing of that name is backed up. Did you mean 'postgres'? There is: postgres, redis, rabbitmq.", "backup", "dev", "postgress")]
    [InlineData("nothing: There is no complete backup of that name in", "restore", "dev", "nothing", "--yes")]
    [InlineData("shop-dev: There is no complete backup yet in ", "backup", "dev", "--verify")]
    [InlineData("backup: --keep: '0' is not a number from 1.", "backup", "dev", "--keep", "0")]
    public async Task Bad_input_is_one_clear_message(string message, params string[] args)
    {
        (await run.RunAsync(args)).Should().Be(2);

        run.Error.Should().StartWith(message);
        run.Shell.Changes.Should().BeEmpty();
    }

    [Fact]
    public async Task A_restore_asks_and_without_anybody_there_wants_yes()
    {
        await run.RunAsync("backup", "dev");
        var asked = run.Shell.Changes.Count();

        (await run.RunAsync("restore", "dev", "newest")).Should().Be(2);

        run.Error.Should().Be("restore: It overwrites data, and nobody is there to be asked. Say --yes.\n");
        run.Shell.Changes.Should().HaveCount(asked);
    }

    [Fact]
    public async Task A_damaged_backup_is_told_file_by_file_and_nothing_is_touched()
    {
        await run.RunAsync("backup", "dev");
        File.WriteAllText(Path.Combine(Backups[0], "postgres.dump"), "DAMP");
        File.Delete(Path.Combine(Backups[0], "redis.rdb.gz"));
        var changes = run.Shell.Changes.Count();

        (await run.RunAsync("restore", "dev", "newest", "--yes")).Should().Be(1);

        run.Error.Should().Contain("postgres.dump: Its SHA-256 is not the one it was written with.").And.Contain("redis.rdb.gz: The file is missing.");
        run.Shell.Changes.Should().HaveCount(changes);
    }

    [Fact]
    public async Task A_restore_stops_what_uses_the_data_and_starts_it_again_in_order()
    {
        await run.RunAsync("backup", "dev", "postgres");
        run.Shell.On("docker exec --interactive id-postgres").On("docker stop").On("docker start");
        var before = run.Shell.Changes.Count();

        (await run.RunAsync("restore", "dev", "newest", "postgres", "--yes")).Should().Be(0, run.Error);

        run.Shell.Changes.Skip(before).Select(line => string.Join(' ', line.Split(' ').Take(2)) + " " + line.Split(' ').First(word => word.StartsWith("id-")))
            .Should().Equal("docker stop id-beat", "docker stop id-worker", "docker stop id-web", "docker exec id-postgres", "docker start id-web", "docker start id-worker", "docker start id-beat");
        run.Shell.Inputs.Should().ContainSingle().Which.Value.Should().Be("DUMP");
    }

    [Fact]
    public async Task What_was_stopped_runs_again_when_the_restore_fails()
    {
        await run.RunAsync("backup", "dev", "postgres");
        run.Shell.On("docker exec --interactive id-postgres", exitCode: 1, error: "out of disk").On("docker stop").On("docker start");

        (await run.RunAsync("restore", "dev", "newest", "postgres", "--yes")).Should().Be(1);

        run.Error.Should().Be("postgres: It was not restored: out of disk. Its data are as they were.\n");
        run.Shell.Changes.Should().Contain("docker start id-web");
    }

    [Fact]
    public async Task A_drill_names_each_table_that_differs_and_removes_its_container()
    {
        await run.RunAsync("backup", "dev");
        run.Shell.On("docker run --detach", "drill\n").On("docker exec drill").On("docker exec --interactive drill").On("docker rm")
            .On("docker exec drill sh -c", error: "rows\tpublic.orders\t2\nrows\tpublic.extra\t1\n");

        (await run.RunAsync("backup", "dev", "--verify")).Should().Be(1);

        run.Error.Should().ContainAll("The table public.orders has 2 rows; 3 were dumped.", "The table public.users is missing; 4 rows were dumped.", "The table public.extra was not there");
        run.Shell.Changes.Should().Contain("docker rm --force --volumes drill").And.Contain(line => line.StartsWith("docker run --detach --network none"));
    }
}
