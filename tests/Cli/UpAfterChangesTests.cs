using System.Text.Json.Nodes;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>What <c>up</c> recreates although Compose sees no difference.</summary>
public sealed class UpAfterChangesTests : IDisposable
{
    private readonly CommandLineRun run = new();

    public UpAfterChangesTests() =>
        run
            .Shell.On("docker events")
            .On("docker pull")
            .On("docker build")
            .On("docker compose --project-directory")
            .On(
                "docker compose --project-directory",
                "postgres hash-postgres\nredis hash-redis\nrabbitmq hash-rabbitmq\nweb hash-web\nworker hash-worker\nbeat hash-beat\n"
            );

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task A_changed_secret_reaches_what_a_first_up_made_before_it_failed()
    {
        await UpAsync();
        var existing = FakeContainers.All();
        foreach (var container in existing) container["Created"] = DateTimeOffset.UtcNow.ToString("O");
        run.Shell.Running(existing);
        run.Write(".secrets/dev/redis-password", "another");

        await UpAsync();

        Recreated.Should().Equal("redis web worker beat");
    }

    [Fact]
    public async Task What_mounts_files_of_where_the_project_was_before_is_recreated_and_that_is_said()
    {
        var redis = FakeContainers.Container("redis");
        redis["Config"]!["Labels"]!["com.docker.compose.project.working_dir"] = "/srv/before";
        redis["Mounts"] = new JsonArray(new JsonObject { ["Type"] = "bind", ["Source"] = "/srv/before/.secrets/dev/redis.conf" });
        run.Shell.Running([.. FakeContainers.All().Where(container => container["Id"]!.GetValue<string>() != "id-redis"), redis]);

        await UpAsync();

        Recreated.Should().Equal("redis");
        run.Error.Should()
            .Contain(
                $"shop-dev: It was brought up from /srv/before. What mounts files from there is recreated with those of {run.Workspace.Root}.\n"
            );
    }

    [UnixFact]
    public async Task A_full_disk_is_told_in_words()
    {
        Directory.CreateDirectory(run.PathOf(".infra/dev"));
        File.CreateSymbolicLink(run.PathOf(".infra/dev/images"), "/dev/full");

        (await UpAsync()).Should().Be(1);

        run.Error.Should()
            .StartWith("The disk is full: No space left on device")
            .And.EndWith("Free some space ('docker system df' shows what the engine uses), and run the same command again.\n");
    }

    private IEnumerable<string> Recreated =>
        run.Shell.Changes.Where(line => line.Contains("--force-recreate", StringComparison.Ordinal)).Select(line => line.Split("--quiet-pull ")[1]);

    private Task<int> UpAsync() => run.RunAsync("up", "dev", "--images", "registry");
}
