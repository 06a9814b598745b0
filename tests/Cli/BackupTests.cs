using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class BackupTests : IDisposable
{
    private readonly CommandLineRun run = new(FakeShell.WithEngine().Running(FakeContainers.All()).Dumping());

    public void Dispose() => run.Dispose();

    private string[] Backups =>
        Directory.Exists(run.PathOf("backups/dev")) ? [.. Directory.GetDirectories(run.PathOf("backups/dev")).Order(StringComparer.Ordinal)] : [];

    [Fact]
    public async Task Takes_each_service_and_notes_size_digest_and_rows()
    {
        (await run.RunAsync("backup", "dev")).Should().Be(0, run.Error);

        var backup = Backups.Should().ContainSingle().Subject;
        File.ReadAllText(Path.Combine(backup, "postgres.dump")).Should().Be("DUMP");
        File.ReadAllText(Path.Combine(backup, "postgres-roles.sql")).Should().Be("ROLES");
        File.ReadAllText(Path.Combine(backup, "manifest.json")).Should().ContainAll("\"stack\": \"shop-dev\"", "\"bytes\": 4", "\"public.orders\": 3",
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("DUMP"u8)));
        run.Out.Should().ContainAll("postgres: 4 bytes, 7 rows in 2 tables\n", "without the messages in its queues", backup);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(backup).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
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
    public async Task A_dump_that_cannot_be_read_to_its_end_is_no_backup_and_pushes_none_out()
    {
        (await run.RunAsync("backup", "dev")).Should().Be(0, run.Error);
        Directory.Move(Backups[0], run.PathOf("backups/dev/20250101T000000Z"));
        run.Shell.On(
            "docker exec --interactive id-postgres pg_restore --file=/dev/null",
            exitCode: 1,
            error: "pg_restore: error: could not read from input file: end of file"
        );

        (await run.RunAsync("backup", "dev", "postgres", "--keep", "1")).Should().Be(1);

        run.Error.Should()
            .Be("postgres: What was dumped cannot be read: pg_restore: error: could not read from input file: end of file. No backup was made.\n");
        Backups.Should().ContainSingle();
    }

    [Fact]
    public async Task What_a_restore_that_was_killed_has_left_stopped_is_started_first()
    {
        run.Write(".infra/dev/stopped", "id-web\nid-gone\n");
        run.Shell.Running([
            .. FakeContainers.All().Where(container => (string?)container["Id"] != "id-web"),
            FakeContainers.Container("web", status: "exited"),
        ]);
        run.Shell.On(
            "docker start id-web",
            () =>
            {
                run.Shell.Running(FakeContainers.All());
                return new(0, "", "");
            }
        );

        (await run.RunAsync("backup", "dev")).Should().Be(0, run.Error);

        run.Shell.Changes.First().Should().Be("docker start id-web");
        run.Out.Should().StartWith("web: It was stopped by a restore that was interrupted; it will be started again.\nweb: started.\n");
        File.Exists(run.PathOf(".infra/dev/stopped")).Should().BeFalse();
    }

    [Theory]
    [InlineData("backup", "dev")]
    [InlineData("restart", "dev", "web")]
    [InlineData("heal", "dev", "--once")]
    public async Task What_a_killed_command_left_frozen_or_at_work_is_released_before_the_next_does_anything(params string[] arguments)
    {
        run.Write(".infra/dev/stopped", "id-web\n");
        var working = FakeContainers.Container("restore-redis");
        // It is beside the service, and none itself.
        working["Config"]!["Labels"] = new System.Text.Json.Nodes.JsonObject { ["infra.stack"] = "shop-dev" };
        run.Shell.Running([
            .. FakeContainers.All().Where(container => (string?)container["Id"] != "id-web"),
            FakeContainers.Container("web", status: "paused"),
            working,
        ]);
        run.Shell.On("docker stop -t 30 shop-dev-restore-redis")
            .On("docker rm --force shop-dev-restore-redis")
            .On("docker restart")
            .On(
                "docker unpause id-web",
                () =>
                {
                    run.Shell.Running(FakeContainers.All());
                    return new(0, "", "");
                }
            );

        (await run.RunAsync(arguments)).Should().Be(0, run.Error);

        run.Shell.Changes.Take(3).Select(line => line.Split(' ')[1]).Should().Equal("stop", "rm", "unpause");
        run.Error.Should().Contain("web: A backup that was killed left it paused; it is running again.\n");
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
        run.Error.Should().Contain($"{run.PathOf(killed)}: removed; it was left over from a backup that was killed.\n");
    }

    [Fact]
    public async Task Services_that_do_not_run_are_named_all_at_once()
    {
        run.Shell.Running(FakeContainers.Container("web"), FakeContainers.Container("redis", status: "exited"));

        (await run.RunAsync("backup", "dev")).Should().Be(2);

        run.Error.Split('\n')
            .Should()
            .HaveCount(4)
            .And.Contain(line => line.StartsWith("postgres: The service 'postgres' is not running"))
            .And.Contain(line => line.StartsWith("redis: "));
    }

    [Theory]
    [InlineData(
        "postgress: Nothing of that name is backed up. Did you mean 'postgres'? There is: postgres, redis, rabbitmq.",
        "backup",
        "dev",
        "postgress"
    )]
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
    public async Task A_drill_names_each_table_that_differs_and_removes_its_container()
    {
        await run.RunAsync("backup", "dev");
        run.Shell.On("docker run --detach", "drill\n")
            .On("docker exec drill")
            .On("docker rm")
            .On(
                "docker exec --interactive drill",
                error: "rows\t\"public.orders\"\t2\nrows\t\"public.extra\"\t1\nextension\t\"public.spatial\"\t9\n"
            );

        (await run.RunAsync("backup", "dev", "--verify")).Should().Be(1);

        run.Error.Should()
            .ContainAll(
                "The table public.orders has 2 rows; it was dumped with 3.",
                "The table public.users is missing; it was dumped with 4 rows.",
                "The table public.extra was not there"
            );
        run.Shell.Changes.Should()
            .Contain("docker rm --force --volumes drill")
            .And.Contain(line => line.StartsWith("docker run --detach --network none"));
    }
}
