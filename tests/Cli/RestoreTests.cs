using Infra.Operations.Backups;

namespace Infra.Tests.Cli;

public sealed class RestoreTests : RestoreTest
{
    [Fact]
    public async Task A_restore_says_what_from_where_how_much_and_what_not_and_then_wants_yes()
    {
        var before = await BackUpAsync();

        (await Run.RunAsync("restore", "dev", "newest")).Should().Be(2);

        Run.Error.Should().Be("restore: It overwrites data, and there is no terminal to ask on. Confirm it with --yes.\n");
        Run.Out.Should()
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

        (await Run.RunAsync("restore", "dev", "newest", "--yes")).Should().Be(0, Run.Error);

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
        Run.Shell.Inputs.Values.Should().Contain(["ROLES", "DUMP", "SNAPSHOT"]);
        Run.Out.Should()
            .Contain("postgres: restored, 7 rows in 2 tables, as many as were dumped.\n")
            .And.EndWith(
                ": postgres-roles, postgres, redis, rabbitmq. "
                    + "What was stopped for it is healthy again.\nrabbitmq: A backup does not have the messages in its queues.\n"
            );
        File.Exists(Run.PathOf(".infra/dev/stopped")).Should().BeFalse();
    }

    [Fact]
    public async Task What_the_backup_does_not_have_is_named_before_and_after()
    {
        var before = await BackUpAsync("postgres");

        (await Run.RunAsync("restore", "dev", Path.GetFileName(Backup), "--yes")).Should().Be(0, Run.Error);

        Run.Out.Split("redis: The backup does not have it; it stays as it is.\n").Should().HaveCount(3, "it is said before and after");
        Changes(before).Should().NotContain(line => line.Contains("id-redis"));
    }

    [Fact]
    public async Task Roles_that_an_earlier_restore_has_prepared_are_not_those_of_a_backup_that_has_none()
    {
        var before = await BackUpAsync("postgres");
        var (manifest, path) = (BackupFolder.Find(Backup)!.Manifest, Path.Combine(Backup, Manifest.FileName));
        File.WriteAllText(path, (manifest with { Parts = manifest.Parts.RemoveAll(part => part.Name == "postgres-roles") }).ToString());

        (await Run.RunAsync("restore", "dev", Path.GetFileName(Backup), "--yes")).Should().Be(0, Run.Error);

        Changes(before)[1..3].Should().Equal("docker exec id-postgres drop", "docker exec id-postgres prepare");
    }

    [Fact]
    public async Task An_image_whose_id_is_gone_is_run_by_its_name()
    {
        await BackUpAsync();
        Run.Shell.On("docker image inspect --format {{.Id}} sha256:redis", exitCode: 1, error: "No such image")
            .On("docker image inspect --format {{.Id}} redis:", "sha256:new\n");

        (await Run.RunAsync("restore", "dev", "newest", "redis", "--yes")).Should().Be(0, Run.Error);

        Run.Shell.Changes.Last(line => line.StartsWith("docker run"))
            .Should()
            .MatchRegex("--entrypoint sh redis:[0-9.a-z-]+ -c ")
            .And.Contain("--pull never");
    }
}
