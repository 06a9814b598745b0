using Infra.Operations.Engine;

namespace Infra.Tests.Cli;

/// <summary>A restore that fails or is cut off says what is as it was, and starts again what it has stopped.</summary>
public sealed class RestoreFailuresTests : RestoreTest
{
    private readonly List<(string Container, string Step, string Reason)> faults = [];

    [Fact]
    public async Task Other_rows_than_were_dumped_end_it_before_anything_is_touched()
    {
        var before = await BackUpAsync();
        Run.Shell.On("docker exec --interactive id-postgres", error: "rows\t\"public.orders\"\t2\n");

        (await Run.RunAsync("restore", "dev", "newest", "--yes")).Should().Be(1);

        Run.Error.Should()
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

        (await Run.RunAsync("restore", "dev", "newest", "--yes")).Should().Be(1);

        Run.Error.Should()
            .Be(
                """
                redis: It was not restored: no space left. Its data is unchanged.
                postgres-roles: It was restored before that, and stays restored.
                postgres: It was restored before that, and stays restored.
                rabbitmq: It was not restored. Its data is unchanged.

                """
            );
        Run.Shell.Changes.Should()
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

        (await Run.RunAsync("restore", "dev", "newest", "redis", "--yes")).Should().Be(1);

        Run.Error.Should()
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

        (await Run.RunAsync("restore", "dev", "newest", "rabbitmq", "--yes")).Should().Be(1);

        Run.Error.Should()
            .Be(
                "rabbitmq: It was not restored: timed out. What was imported until then stays, and nothing was removed. "
                    + "Restore it again, or from another backup.\n"
            );
    }

    [Fact]
    public async Task What_was_stopped_runs_again_when_another_does_not_stop()
    {
        await BackUpAsync();
        Run.Shell.On(
            "docker stop",
            () => Run.Shell.Asked.Last().EndsWith(" id-web") ? new(1, "", "Error response from daemon: cannot stop container") : new(0, "", "")
        );

        (await Run.RunAsync("restore", "dev", "newest", "postgres", "--yes")).Should().Be(1);

        Run.Error.Should().Be("web: It was not stopped: Error response from daemon: cannot stop container.\n");
        Run.Shell.Changes.Should().Contain(["docker start id-web", "docker start id-worker", "docker start id-beat"]);
        Run.Shell.Changes.Should().NotContain(line => line.StartsWith("docker exec id-postgres") && line.EndsWith(" commit"));
    }

    [Fact]
    public async Task What_was_stopped_runs_again_when_it_is_interrupted_while_it_stops()
    {
        await BackUpAsync();
        var isFirst = true;
        Run.Shell.On(
            "docker stop",
            () =>
            {
                if (!isFirst || !Run.Shell.Asked.Last().EndsWith(" id-web"))
                    return new(0, "", "");
                isFirst = false;
                throw new OperationCanceledException();
            }
        );

        (await Run.RunAsync("restore", "dev", "newest", "postgres", "--yes")).Should().Be(1);

        Run.Shell.Changes.Where(line => line.EndsWith(" id-web")).Select(line => line.Split(' ')[1]).Should().Equal("stop", "stop", "start");
        Run.Shell.Changes.Should().Contain(["docker start id-worker", "docker start id-beat"]);
    }

    [Fact]
    public async Task A_part_whose_image_is_gone_is_told_before_the_first_is_touched()
    {
        var before = await BackUpAsync();
        Run.Shell.On("docker image inspect", exitCode: 1, error: "Error response from daemon: No such image");

        (await Run.RunAsync("restore", "dev", "newest", "--yes")).Should().Be(2);

        Run.Error.Should().Be("redis: The image of 'redis' is not on the engine any more. Run './infra.sh up dev' first.\nNothing was changed.\n");
        Changes(before).Should().OnlyContain(line => line == "docker exec id-postgres count", "it has only counted");
    }

    [Fact]
    public async Task The_container_of_a_restore_that_is_interrupted_is_ended_before_the_services_start()
    {
        await BackUpAsync();
        Run.Shell.On("docker run --rm --name shop-dev-restore-redis", () => throw new OperationCanceledException());

        (await Run.RunAsync("restore", "dev", "newest", "redis", "--yes")).Should().Be(1);

        var changes = Run.Shell.Changes.ToList();
        changes.IndexOf("docker stop -t 30 shop-dev-restore-redis").Should().BePositive().And.BeLessThan(changes.IndexOf("docker start id-redis"));
    }

    [Fact]
    public async Task A_damaged_backup_is_told_file_by_file_and_nothing_is_touched()
    {
        var before = await BackUpAsync();
        File.WriteAllText(Path.Combine(Backup, "postgres.dump"), "DAMP");
        File.Delete(Path.Combine(Backup, "redis.rdb.gz"));

        (await Run.RunAsync("restore", "dev", "newest", "--yes")).Should().Be(1);

        Run.Error.Should()
            .Contain("postgres.dump: Its SHA-256 is not the one it was written with.")
            .And.Contain("redis.rdb.gz: The file is missing.");
        Changes(before).Should().OnlyContain(line => line == "docker exec id-postgres count", "it has only counted");
    }

    private void FailsAt(string container, string step, string reason)
    {
        faults.Add((container, step, reason));
        Run.Shell.On("docker run --rm --name", Answer).On($"docker exec {container}", Answer);
    }

    private ShellResult Answer()
    {
        var line = Run.Shell.Asked.Last().Replace("shop-dev-restore-", "id-", StringComparison.Ordinal);
        var reason = faults.Find(fault => line.Contains(fault.Container) && line.EndsWith(" " + fault.Step)).Reason;
        return reason is null ? new(0, "", "") : new(1, "", reason);
    }
}
