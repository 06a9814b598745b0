using System.Text.Json.Nodes;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary><c>rollback</c> through Compose.</summary>
public sealed class RollbackTests : ReleaseTest
{
    [Fact]
    public async Task It_brings_the_services_to_the_image_before_builds_nothing_and_runs_no_step()
    {
        var before = await TwoReleasesAsync();

        (await Run.RunAsync("rollback", "prod", "--yes")).Should().Be(0, Run.Error);

        var file = File.ReadAllText(Run.PathOf(".infra/prod/compose.yaml"));
        file.Should().Contain("image: shop-prod-app:release-1-aaaaaaaaaa01").And.Contain("image: shop-prod-app:latest", "the step keeps its own");
        ChangesAfter(before).Should()
            .Contain(Compose("up --detach --no-build --remove-orphans --quiet-pull --wait --wait-timeout 300"))
            .And.NotContain(line =>
                line.StartsWith("docker build", StringComparison.Ordinal)
                || line.StartsWith("docker tag", StringComparison.Ordinal)
                || line.StartsWith("docker import", StringComparison.Ordinal)
                || line.EndsWith(" migrations", StringComparison.Ordinal)
            );
        Run.Out.Should().EndWith($"shop-prod: It runs {History.Releases[0].Title}.\n");
    }

    [Fact]
    public async Task It_says_what_it_changes_and_which_steps_it_does_not_take_back()
    {
        await TwoReleasesAsync();

        await Run.RunAsync("rollback", "prod", "--yes");

        Run.Out.Should()
            .Contain(
                $"shop-prod: from {History.Releases[1].Title} to {History.Releases[0].Title}.\n"
                    + "web: on shop-prod-app:release-1-aaaaaaaaaa01.\n"
                    + "migrations: The step has run since release 1, and what that did stays. Release 1 must suit it; "
                    + "only a backup takes it back ('./infra.sh restore prod').\n"
            );
    }

    [Fact]
    public async Task A_step_that_has_not_run_since_is_none_of_them()
    {
        await UpAsync(One, "a");
        await UpAsync(Two, "a");

        (await Run.RunAsync("rollback", "prod", "--yes")).Should().Be(0, Run.Error);

        Run.Out.Should().NotContain("migrations:");
    }

    [Fact]
    public async Task Settings_that_nobody_has_brought_up_yet_are_told_to_come_along()
    {
        await TwoReleasesAsync();
        Settings("environment: { LOG_LEVEL: debug }");

        (await Run.RunAsync("rollback", "prod", "--yes")).Should().Be(0, Run.Error);

        Run.Out.Should().Contain("Pulumi.prod.yaml: What it says is not what the last up said, and comes along.\n");
    }

    [Fact]
    public async Task Without_a_terminal_it_wants_to_be_confirmed()
    {
        var before = await TwoReleasesAsync();

        (await Run.RunAsync("rollback", "prod")).Should().Be(2);

        Run.Error.Should().EndWith("rollback: It changes what runs, and there is no terminal to ask on. Confirm it with --yes.\n");
        ChangesAfter(before).Should().BeEmpty();
    }

    [Fact]
    public async Task A_release_is_named_by_its_number_in_either_direction()
    {
        await TwoReleasesAsync();
        await UpAsync(Three, "c");

        (await Run.RunAsync("rollback", "prod", "1", "--yes")).Should().Be(0, Run.Error);
        Runs(One, "c");
        (await Run.RunAsync("rollback", "prod", "2", "--yes")).Should().Be(0, Run.Error);

        Run.Out.Should().Contain($"from {History.Releases[2].Title} to {History.Releases[0].Title}.\n")
            .And.Contain($"from {History.Releases[0].Title} to {History.Releases[1].Title}.\n");
        File.ReadAllText(Run.PathOf(".infra/prod/compose.yaml")).Should().Contain("image: shop-prod-app:release-2-bbbbbbbbbb02");
    }

    [Fact]
    public async Task What_came_up_halfway_goes_back_to_what_was_whole_before_it()
    {
        await TwoReleasesAsync();
        Runs(Three, "c");

        (await Run.RunAsync("rollback", "prod", "--yes")).Should().Be(0, Run.Error);

        Run.Out.Should().Contain($"shop-prod: from images that are no release to {History.Releases[1].Title}.\n")
            .And.Contain("migrations: The step has run since release 2");
    }

    [Theory]
    [InlineData(One, Two, 1)]
    [InlineData(Two, One, 1)]
    [InlineData(Three, Two, 2)]
    public async Task What_was_killed_halfway_is_continued_where_it_was_a_rollback(string made, string before, int release)
    {
        await TwoReleasesAsync();
        Run.Shell.Running(FakeContainers.Step("migrations"), Web(before, "2100-01-01T00:00:00Z"), Web(made, "2100-01-01T00:00:09Z"));

        // One killed, and a deploy after a rollback that was killed, end with the first release; a new version that was killed with the second.
        await Run.RunAsync("rollback", "prod");

        Run.Out.Should().Contain($"shop-prod: from images that are no release to {History.Releases[release - 1].Title}.\n");

        static JsonObject Web(string image, string created)
        {
            var web = FakeContainers.Container("web", stack: "shop-prod");
            (web["Id"], web["Image"], web["Created"]) = ($"id-web-{image}", $"sha256:{image}", created);
            return web;
        }
    }

    [Theory]
    [InlineData("7", "shop-prod: There is no release 7. It has: 1, 2.")]
    [InlineData("2", "shop-prod: It runs release 2 (")]
    public async Task What_it_cannot_lead_to_is_refused(string number, string message)
    {
        var before = await TwoReleasesAsync();

        (await Run.RunAsync("rollback", "prod", number, "--yes")).Should().Be(2);

        Run.Error.Should().Contain(message);
        ChangesAfter(before).Should().BeEmpty();
    }

    [Fact]
    public async Task Before_the_first_release_there_is_none()
    {
        await UpAsync(One, "a");

        (await Run.RunAsync("rollback", "prod", "--yes")).Should().Be(2);

        Run.Error.Should().EndWith($"shop-prod: It runs {History.Newest!.Title}, and none before it is known.\n");
    }

    [Fact]
    public async Task An_image_that_was_removed_is_told_with_the_way_out()
    {
        var before = await TwoReleasesAsync();
        Images.Remove("shop-prod-app:release-1-aaaaaaaaaa01");

        (await Run.RunAsync("rollback", "prod", "--yes")).Should().Be(2);

        Run.Error.Should()
            .EndWith(
                "shop-prod-app:release-1-aaaaaaaaaa01: The image is gone ('docker image prune --all' removes what no container runs). "
                + "Check out what it was built from and run './infra.sh up prod'.\n"
            );
        ChangesAfter(before).Should().BeEmpty();
    }

    [Fact]
    public async Task A_release_that_does_not_get_healthy_is_told_with_what_to_do_next()
    {
        await TwoReleasesAsync();
        Run.Shell.On(Compose("up"), exitCode: 1, error: "container shop-prod-web is unhealthy");

        (await Run.RunAsync("rollback", "prod", "--yes")).Should().Be(1);

        Run.Error.Should().EndWith("\nRelease 1 is not up. './infra.sh rollback prod 1' tries it again, "
            + "and './infra.sh up prod' deploys what is in the tree.\n");
    }

    [Fact]
    public async Task Status_and_the_next_up_say_that_the_stack_was_rolled_back()
    {
        await TwoReleasesAsync();
        Runs(One, "b");
        Run.Shell.On("docker stats");

        await Run.RunAsync("status", "prod");
        await Run.RunAsync("up", "prod", "--images", "registry");

        var runs = $"shop-prod: It runs {History.Releases[0].Title}, to which it was rolled back. ";
        Run.Out.Should().Contain(runs + "'./infra.sh up prod' deploys what is in the tree.\n");
        Run.Error.Should().Contain(runs + "What is in the tree is deployed again.\n");
        File.ReadAllText(Run.PathOf(".infra/prod/compose.yaml")).Should().NotContain("release-");
    }

    [Fact]
    public async Task A_rotation_after_it_keeps_the_release()
    {
        await TwoReleasesAsync();
        Settings("secrets: [STRIPE_KEY]");
        Run.WriteExactly(".secrets/prod/stripe-key", "old");
        Run.WriteExactly("fresh", "fresh");
        Runs(One, "b");

        (await Run.RunAsync("rotate", "prod", "stripe-key", "--value-from", Run.PathOf("fresh"))).Should().Be(0, Run.Error);

        File.ReadAllText(Run.PathOf(".infra/prod/compose.yaml")).Should().Contain("image: shop-prod-app:release-1-aaaaaaaaaa01");
    }

    private async Task<int> TwoReleasesAsync()
    {
        await UpAsync(One, "a");
        await UpAsync(Two, "b");
        return Run.Shell.Changes.Count();
    }
}
