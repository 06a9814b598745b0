using Infra.Operations.Backups;
using Infra.Operations.Engine;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class RestoreTests : IDisposable
{
    private readonly CommandLineRun run = new(FakeShell.WithEngine().Running(FakeContainers.All()).Dumping());
    private readonly List<(string Container, string Step, string Reason)> faults = [];

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_restore_says_what_from_where_how_much_and_what_not_and_then_wants_yes()
    {
        var before = await BackUpAsync();

        (await run.RunAsync("restore", "dev", "newest")).Should().Be(2);

        run.Error.Should().Be("restore: It overwrites data, and there is no terminal to ask on. Confirm it with --yes.\n");
        run.Out.Should()
            .ContainAll(
                $"From {Backup}, taken ",
                " of shop-dev:\n",
                "  postgres: 7 rows in 2 tables; it has 7 rows now\n",
                "  redis: ",
                "  rabbitmq: A backup does not have the messages in its queues.\n"
            );
        Changes(before).Should().OnlyContain(line => line == "docker exec id-postgres count", "it has only counted");
    }

    [Fact]
    public async Task All_parts_are_read_and_checked_before_anything_is_stopped_and_started_again_in_order()
    {
        var before = await BackUpAsync();

        (await run.RunAsync("restore", "dev", "newest", "--yes")).Should().Be(0, run.Error);

        Changes(before)
            .Should()
            .Equal(
                "docker exec id-postgres count",
                "docker exec id-postgres prepare",
                "docker exec id-postgres prepare",
                "docker run id-redis prepare",
                "docker exec id-rabbitmq prepare",
                "docker stop id-beat",
                "docker stop id-worker",
                "docker stop id-web",
                "docker stop id-redis",
                "docker exec id-postgres commit",
                "docker exec id-postgres commit",
                "docker run id-redis commit",
                "docker exec id-rabbitmq commit",
                "docker start id-redis",
                "docker start id-web",
                "docker start id-worker",
                "docker start id-beat"
            );
        run.Shell.Inputs.Values.Should().Contain(["ROLES", "DUMP", "SNAPSHOT"]);
        run.Out.Should()
            .Contain("postgres: restored, 7 rows in 2 tables, as many as were dumped.\n")
            .And.EndWith(
                ": postgres-roles, postgres, redis, rabbitmq. "
                    + "What was stopped for it is healthy again.\nrabbitmq: A backup does not have the messages in its queues.\n"
            );
        File.Exists(run.PathOf(".infra/dev/stopped")).Should().BeFalse();
    }

    [Fact]
    public async Task What_the_backup_does_not_have_is_named_before_and_after()
    {
        var before = await BackUpAsync("postgres");

        (await run.RunAsync("restore", "dev", Path.GetFileName(Backup), "--yes")).Should().Be(0, run.Error);

        run.Out.Split("redis: The backup does not have it; it stays as it is.\n").Should().HaveCount(3, "it is said before and after");
        Changes(before).Should().NotContain(line => line.Contains("id-redis"));
    }

    [Fact]
    public async Task Roles_that_an_earlier_restore_has_prepared_are_not_those_of_a_backup_that_has_none()
    {
        var before = await BackUpAsync("postgres");
        var (manifest, path) = (BackupFolder.Find(Backup)!.Manifest, Path.Combine(Backup, Manifest.FileName));
        File.WriteAllText(path, (manifest with { Parts = manifest.Parts.RemoveAll(part => part.Name == "postgres-roles") }).ToString());

        (await run.RunAsync("restore", "dev", Path.GetFileName(Backup), "--yes")).Should().Be(0, run.Error);

        Changes(before)[1..3].Should().Equal("docker exec id-postgres drop", "docker exec id-postgres prepare");
    }

    [Fact]
    public async Task Other_rows_than_were_dumped_end_it_before_anything_is_touched()
    {
        var before = await BackUpAsync();
        run.Shell.On("docker exec --interactive id-postgres", error: "rows\t\"public.orders\"\t2\n");

        (await run.RunAsync("restore", "dev", "newest", "--yes")).Should().Be(1);

        run.Error.Should()
            .Be(
                """
                postgres: The table public.orders has 2 rows; it was dumped with 3.
                postgres: The table public.users is missing; it was dumped with 4 rows.
                postgres: Restoring it does not give the data that was dumped. Nothing was changed.

                """
            );
        Changes(before)
            .Should()
            .Equal(
                "docker exec id-postgres count",
                "docker exec id-postgres prepare",
                "docker exec id-postgres prepare",
                "docker exec id-postgres drop",
                "docker exec id-postgres drop"
            );
    }

    [Fact]
    public async Task A_part_that_does_not_take_its_place_is_put_back_and_the_state_of_each_is_told()
    {
        await BackUpAsync();
        FailsAt("id-redis", "commit", "no space left");

        (await run.RunAsync("restore", "dev", "newest", "--yes")).Should().Be(1);

        run.Error.Should()
            .Be(
                """
                redis: It was not restored: no space left. Its data is unchanged.
                postgres-roles: It was restored before that, and stays restored.
                postgres: It was restored before that, and stays restored.
                rabbitmq: It was not restored. Its data is unchanged.

                """
            );
        run.Shell.Changes.Should()
            .Contain(line => line.Contains("-restore-redis ") && line.EndsWith(" undo"))
            .And.Contain("docker start id-redis")
            .And.Contain("docker start id-web");
    }

    [Fact]
    public async Task What_cannot_be_put_back_is_not_called_as_it_was()
    {
        await BackUpAsync();
        FailsAt("id-redis", "commit", "no space left");
        FailsAt("id-redis", "undo", "input/output error");

        (await run.RunAsync("restore", "dev", "newest", "redis", "--yes")).Should().Be(1);

        run.Error.Should()
            .Be(
                "redis: It was not restored: no space left. "
                    + "Its old data could not be put back either: input/output error. Restore it again before anything uses it.\n"
            );
    }

    [Fact]
    public async Task Definitions_that_were_half_imported_are_not_called_as_they_were()
    {
        await BackUpAsync();
        FailsAt("id-rabbitmq", "commit", "timed out");

        (await run.RunAsync("restore", "dev", "newest", "rabbitmq", "--yes")).Should().Be(1);

        run.Error.Should()
            .Be(
                "rabbitmq: It was not restored: timed out. What was imported until then stays, and nothing was removed. "
                    + "Restore it again, or from another backup.\n"
            );
    }

    [Fact]
    public async Task What_was_stopped_runs_again_when_another_does_not_stop()
    {
        await BackUpAsync();
        run.Shell.On(
            "docker stop",
            () => run.Shell.Asked.Last().EndsWith(" id-web") ? new(1, "", "Error response from daemon: cannot stop container") : new(0, "", "")
        );

        (await run.RunAsync("restore", "dev", "newest", "postgres", "--yes")).Should().Be(1);

        run.Error.Should().Be("web: It was not stopped: Error response from daemon: cannot stop container.\n");
        run.Shell.Changes.Should().Contain(["docker start id-web", "docker start id-worker", "docker start id-beat"]);
        run.Shell.Changes.Should().NotContain(line => line.StartsWith("docker exec id-postgres") && line.EndsWith(" commit"));
    }

    [Fact]
    public async Task What_was_stopped_runs_again_when_it_is_interrupted_while_it_stops()
    {
        await BackUpAsync();
        var isFirst = true;
        run.Shell.On(
            "docker stop",
            () =>
            {
                if (!isFirst || !run.Shell.Asked.Last().EndsWith(" id-web"))
                    return new(0, "", "");
                isFirst = false;
                throw new OperationCanceledException();
            }
        );

        (await run.RunAsync("restore", "dev", "newest", "postgres", "--yes")).Should().Be(1);

        run.Shell.Changes.Where(line => line.EndsWith(" id-web")).Select(line => line.Split(' ')[1]).Should().Equal("stop", "stop", "start");
        run.Shell.Changes.Should().Contain(["docker start id-worker", "docker start id-beat"]);
    }

    [Fact]
    public async Task A_part_whose_image_is_gone_is_told_before_the_first_is_touched()
    {
        var before = await BackUpAsync();
        run.Shell.On("docker image inspect", exitCode: 1, error: "Error response from daemon: No such image");

        (await run.RunAsync("restore", "dev", "newest", "--yes")).Should().Be(2);

        run.Error.Should().Be("redis: The image of 'redis' is not on the engine any more. Run './infra.sh up dev' first.\nNothing was changed.\n");
        Changes(before).Should().OnlyContain(line => line == "docker exec id-postgres count", "it has only counted");
    }

    [Fact]
    public async Task An_image_whose_id_is_gone_is_run_by_its_name()
    {
        await BackUpAsync();
        run.Shell.On("docker image inspect --format {{.Id}} sha256:redis", exitCode: 1, error: "No such image")
            .On("docker image inspect --format {{.Id}} redis:", "sha256:new\n");

        (await run.RunAsync("restore", "dev", "newest", "redis", "--yes")).Should().Be(0, run.Error);

        run.Shell.Changes.Last(line => line.StartsWith("docker run"))
            .Should()
            .MatchRegex("--entrypoint sh redis:[0-9.a-z-]+ -c ")
            .And.Contain("--pull never");
    }

    [Fact]
    public async Task The_container_of_a_restore_that_is_interrupted_is_ended_before_the_services_start()
    {
        await BackUpAsync();
        run.Shell.On("docker run --rm --name shop-dev-restore-redis", () => throw new OperationCanceledException());

        (await run.RunAsync("restore", "dev", "newest", "redis", "--yes")).Should().Be(1);

        var changes = run.Shell.Changes.ToList();
        changes.IndexOf("docker stop -t 30 shop-dev-restore-redis").Should().BePositive().And.BeLessThan(changes.IndexOf("docker start id-redis"));
    }

    [Fact]
    public async Task A_damaged_backup_is_told_file_by_file_and_nothing_is_touched()
    {
        var before = await BackUpAsync();
        File.WriteAllText(Path.Combine(Backup, "postgres.dump"), "DAMP");
        File.Delete(Path.Combine(Backup, "redis.rdb.gz"));

        (await run.RunAsync("restore", "dev", "newest", "--yes")).Should().Be(1);

        run.Error.Should()
            .Contain("postgres.dump: Its SHA-256 is not the one it was written with.")
            .And.Contain("redis.rdb.gz: The file is missing.");
        Changes(before).Should().OnlyContain(line => line == "docker exec id-postgres count", "it has only counted");
    }

    private string Backup => Directory.GetDirectories(run.PathOf("backups/dev")).Should().ContainSingle().Subject;

    private async Task<int> BackUpAsync(params string[] service)
    {
        (await run.RunAsync(["backup", "dev", .. service])).Should().Be(0, run.Error);
        return run.Shell.Changes.Count();
    }

    // Each as its verb, its container and its step: what lies in between are scripts. One beside a service counts as that.
    private string[] Changes(int before) =>
        [
            .. run
                .Shell.Changes.Skip(before)
                .Select(line =>
                {
                    var arguments = line.Replace("shop-dev-restore-", "id-", StringComparison.Ordinal).Split(' ');
                    var container = arguments.First(word => word.StartsWith("id-"));
                    return string.Join(' ', arguments[..2].Append(container).Concat(arguments[1] is "stop" or "start" ? [] : [arguments[^1]]));
                }),
        ];

    private void FailsAt(string container, string step, string reason)
    {
        faults.Add((container, step, reason));
        run.Shell.On("docker run --rm --name", Answer).On($"docker exec {container}", Answer);
    }

    private ShellResult Answer()
    {
        var line = run.Shell.Asked.Last().Replace("shop-dev-restore-", "id-", StringComparison.Ordinal);
        var reason = faults.Find(fault => line.Contains(fault.Container) && line.EndsWith(" " + fault.Step)).Reason;
        return reason is null ? new(0, "", "") : new(1, "", reason);
    }
}
