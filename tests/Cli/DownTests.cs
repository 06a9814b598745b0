using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class DownTests : IDisposable
{
    private const string Down = "docker compose --project-name shop-dev down --remove-orphans";

    private readonly CommandLineRun run = new();

    public DownTests() =>
        run.Shell.On("docker compose --project-name").On("docker stop").On("docker rm").On("docker network rm").On("docker volume rm");

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task D8_down_keeps_the_volumes_and_names_them()
    {
        run.Write(".infra/dev/applied.json", "{}");
        run.Shell.On("docker volume ls", "shop-dev-postgres\tshop-dev\n");

        (await run.RunAsync("down", "dev")).Should().Be(0);

        run.Out.Should().Be("shop-dev: down. Kept the volumes shop-dev-postgres; '--volumes' removes them.\n");
        run.Shell.Changes.Should().Equal(Down);
        run.Files.Should().NotContain(".infra/dev/applied.json");
    }

    [Fact]
    public async Task Works_where_nothing_was_ever_up()
    {
        (await run.RunAsync("down", "dev")).Should().Be(0);

        run.Out.Should().Be("shop-dev: down.\n");
    }

    [Theory]
    [InlineData("config: {infra:environment: wrong}")]
    [InlineData("config: {")]
    public async Task Works_with_settings_that_are_broken(string settings)
    {
        run.Write("Pulumi.dev.yaml", settings);

        (await run.RunAsync("down", "dev")).Should().Be(0);

        run.Shell.Changes.Should().Equal(Down);
    }

    [Fact]
    public async Task Removes_what_only_the_stacks_labels_tell_of_and_lets_it_end_in_its_own_way_first()
    {
        run.Shell.Running(FakeContainers.Container("web"), FakeContainers.Container("redis")).On("docker network ls", "shop-dev-back\tshop-dev\n");

        (await run.RunAsync("down", "dev")).Should().Be(0);

        run.Shell.Changes.Should().Equal(Down, "docker stop id-redis id-web", "docker rm --force id-redis id-web", "docker network rm shop-dev-back");
    }

    [Fact]
    public async Task D8_down_removes_the_volumes_when_asked()
    {
        run.Shell.On("docker volume ls", "shop-dev-postgres\tshop-dev\nshop-dev-redis\tshop-dev\n");

        (await run.RunAsync("down", "dev", "--volumes", "--yes")).Should().Be(0);

        run.Shell.Changes.Should().Equal(Down, "docker volume rm shop-dev-postgres", "docker volume rm shop-dev-redis");
        run.Out.Should().Be("shop-dev-postgres: removed.\nshop-dev-redis: removed.\nshop-dev: down.\n");
    }

    [Theory]
    [InlineData("compose")]
    [InlineData("pulumi")]
    public async Task Volumes_that_were_taken_over_stay_and_are_named(string engine)
    {
        run.Write("Pulumi.dev.yaml", "config: { infra:environment: dev, infra:volumes: { postgres: old_data, redis: gone } }");
        run.Shell.Programs.Add("pulumi");
        run.Shell.On("pulumi").On("docker volume ls", "shop-dev-redis\tshop-dev\n").On("docker volume ls --quiet", "old_data\n");

        (await run.RunAsync("down", "dev", "--volumes", "--yes", "--engine", engine)).Should().Be(0, run.Error);

        run.Shell.Changes.Where(line => line.StartsWith("docker volume", StringComparison.Ordinal)).Should().Equal("docker volume rm shop-dev-redis");
        run.Out.Should().EndWith("old_data: kept. It was taken over (infra:volumes); 'docker volume rm old_data' removes it.\n");
    }

    [Fact]
    public async Task What_does_not_stop_is_not_killed()
    {
        run.Shell.Running(FakeContainers.Container("postgres", engine: "pulumi"))
            .On("docker stop", exitCode: 1, error: "tried to kill container, but did not receive an exit event");

        (await run.RunAsync("down", "dev", "--engine", "compose")).Should().Be(1);

        run.Error.Should().Be("shop-dev: Not all of it was removed: tried to kill container, but did not receive an exit event.\n");
        run.Shell.Changes.Should().Equal(Down, "docker stop id-postgres");
    }

    [Fact]
    public Task The_volumes_are_not_removed_without_anybody_to_ask() => run.RefusesAsync(
        "down: --volumes removes data, and there is no terminal to ask on. Confirm it with --yes.", "down", "dev", "--volumes");

    [Fact]
    public async Task A_volume_that_cannot_be_removed_is_told()
    {
        run.Shell.On("docker volume ls", "shop-dev-postgres\tshop-dev\n").On("docker volume rm", exitCode: 1, error: "volume is in use");

        (await run.RunAsync("down", "dev", "--volumes", "--yes")).Should().Be(1);

        run.Error.Should().Be("shop-dev-postgres: The volume was not removed: volume is in use.\n");
    }

    [Fact]
    public async Task Volumes_of_which_the_engine_does_not_tell_are_not_called_removed()
    {
        run.Shell.On("docker volume ls", exitCode: 1, error: "it is busy");

        (await run.RunAsync("down", "dev", "--volumes", "--yes")).Should().Be(1);

        run.Error.Should().Be("The engine does not list its volumes: it is busy. './infra.sh doctor' checks the engine.\n");
        run.Out.Should().BeEmpty();
    }

    [Fact]
    public async Task A_Compose_that_fails_is_told_with_its_reason()
    {
        run.Shell.On("docker compose --project-name", exitCode: 1, error: "network has active endpoints");

        (await run.RunAsync("down", "dev")).Should().Be(1);

        run.Error.Should().Be("shop-dev: It was not taken down: network has active endpoints.\n");
    }

    [Fact]
    public async Task What_Pulumi_made_is_taken_down_by_Pulumi()
    {
        run.Shell.Programs.Add("pulumi");
        run.Shell.Running(FakeContainers.All("pulumi")).On("pulumi whoami", "me").On("pulumi stack select").On("pulumi destroy");

        (await run.RunAsync("down", "dev")).Should().Be(0);

        run.Shell.Changes.Should().Equal(
            "pulumi stack select dev --create --non-interactive", $"pulumi destroy --stack dev --yes --cwd {run.Workspace.Root}");
    }
}
