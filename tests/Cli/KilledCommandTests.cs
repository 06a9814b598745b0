using Infra.Operations.Engine;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>What commands that were killed have left, and the next one mends.</summary>
public sealed class KilledCommandTests : IDisposable
{
    private const string Stopped = ".infra/dev/stopped";
    private const string GoingDown = ".infra/dev/going-down";
    private const string Restoring = ".infra/dev/restoring";

    // As it is shown of a container of which no start is known.
    private const string Start = "0001-01-01T00:00:00.0000000+00:00";

    private readonly CommandLineRun run = new(FakeShell.WithEngine().Running(FakeContainers.All()).Dumping());

    public KilledCommandTests() =>
        run
            .Shell.On("docker restart")
            .On("docker pull")
            .On("docker build")
            .On("docker events")
            .On("docker compose --project-name")
            .On(
                Compose("config --hash *"),
                string.Join('\n', FakeContainers.All().Select(container => $"{Service(container)} hash-{Service(container)}"))
            )
            .On(Compose("up"));

    public void Dispose() => run.Dispose();

    [Theory]
    [InlineData(Stopped)]
    [InlineData(GoingDown)]
    public async Task What_a_killed_command_was_stopping_is_stopped_before_the_next_one_looks_and_what_runs_again_is_not(string note)
    {
        run.Write(note, $"id-web {Start}\nid-worker {Start}\nid-redis 2099-01-01T00:00:00.0000000+00:00\n");

        (await run.RunAsync("restart", "dev", "beat")).Should().Be(0, run.Error);

        run.Shell.Changes.Should().Equal("docker stop id-web id-worker", "docker restart id-beat");
        run.Error.Should().Contain("web, worker: A command that was killed was stopping this; it is stopped.\n");
        File.Exists(run.PathOf(GoingDown)).Should().BeFalse();
    }

    [Fact]
    public async Task Down_notes_what_it_stops_until_it_has()
    {
        var noted = "";
        run.Shell.On("docker compose --project-name", () =>
        {
            noted = File.ReadAllText(run.PathOf(GoingDown));
            return new(0, "", "");
        });

        (await run.RunAsync("down", "dev")).Should().Be(0, run.Error);

        noted.Split('\n').Should().Contain($"id-web {Start}").And.HaveCount(7);
        File.Exists(run.PathOf(GoingDown)).Should().BeFalse();
    }

    [Fact]
    public async Task A_restore_notes_what_has_not_taken_its_place_until_it_ends()
    {
        var (before, after) = (Array.Empty<string>(), Array.Empty<string>());
        (await run.RunAsync("backup", "dev")).Should().Be(0, run.Error);
        run.Shell.On("docker stop", () => Noted(out before)).On("docker start", () => Noted(out after));

        (await run.RunAsync("restore", "dev", "newest", "--yes")).Should().Be(0, run.Error);

        before[1..].Should().Equal("postgres-roles.sql", "postgres.dump", "redis.rdb.gz", "rabbitmq.json.gz");
        after.Should().Equal(before[0]);
        File.Exists(run.PathOf(Restoring)).Should().BeFalse();
    }

    [Theory]
    [InlineData("up", "dev", "--images", "registry")]
    [InlineData("backup", "dev")]
    public async Task What_a_killed_restore_has_prepared_is_removed_and_what_it_did_not_get_to_is_told(params string[] arguments)
    {
        run.Write(Restoring, "/backups/x\npostgres.dump\nredis.rdb.gz\n");

        (await run.RunAsync(arguments)).Should().Be(0, run.Error);

        run.Shell.Changes.Take(2)
            .Should()
            .SatisfyRespectively(
                first => first.Should().StartWith("docker exec id-postgres ").And.EndWith(" drop"),
                second => second.Should().StartWith("docker run --rm --name shop-dev-restore-redis ").And.EndWith(" drop")
            );
        $"{run.Out}{run.Error}"
            .Should()
            .Contain(
                "shop-dev: A restore from /backups/x was killed. It may not have restored postgres, redis. "
                    + "To restore all of it, run './infra.sh restore dev /backups/x'.\n"
            );
        File.Exists(run.PathOf(Restoring)).Should().BeFalse();
    }

    [Fact]
    public async Task What_cannot_be_removed_stays_noted_for_the_next_command()
    {
        run.Write(Restoring, "/backups/x\nredis.rdb.gz\n");
        run.Shell.On("docker run --rm", exitCode: 1, error: "no space left");

        (await run.RunAsync("backup", "dev")).Should().Be(0, run.Error);

        run.Out.Should().Contain("redis: What a killed restore left there cannot be removed: no space left");
        File.ReadAllText(run.PathOf(Restoring)).Should().Be("/backups/x\nredis.rdb.gz\n");
    }

    [Fact]
    public async Task Up_makes_the_kept_value_hold_after_a_rotation_that_was_killed()
    {
        run.Write(".secrets/dev/redis-password", "kept");
        run.Write(".secrets/dev/.redis-password.next", "noted");
        run.Shell.On("docker exec --interactive id-redis");

        (await run.RunAsync("up", "dev", "--images", "registry")).Should().Be(0, run.Error);

        var result = run.Shell.Changes.Where(line => line.StartsWith("docker exec --interactive id-redis", StringComparison.Ordinal)).ToArray();
        result.Should()
            .HaveCount(2, "before others are brought up with it, and as the only one afterwards")
            .And.OnlyContain(line => line.Contains(" only "));
        run.Shell.Inputs[result[^1]].Should().Be("kept");
        run.Error.Should().Contain("redis-password: A rotation of it was killed. The stored value is the only one again.\n");
        run.Files.Should().NotContain(".secrets/dev/.redis-password.next");
    }

    private static string Service(System.Text.Json.Nodes.JsonObject container) => container["Config"]!["Labels"]!["infra.service"]!.ToString();

    private string Compose(string arguments) =>
        $"docker compose --project-directory {run.Workspace.Root} --file {run.PathOf(".infra/dev/compose.yaml")} --project-name shop-dev {arguments}";

    private ShellResult Noted(out string[] lines)
    {
        lines = File.ReadAllLines(run.PathOf(Restoring));
        return new(0, "", "");
    }
}
