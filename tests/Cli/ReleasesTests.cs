using Infra.Operations.Engine;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

/// <summary>What <c>up</c> notes of a release, and <c>releases</c> lists.</summary>
public sealed class ReleasesTests : ReleaseTest
{
    [Fact]
    public async Task An_up_with_another_image_records_a_release_and_keeps_the_image_by_a_tag()
    {
        await UpAsync(One, "a");
        await UpAsync(Two, "b");

        History.Releases.Select(release => (release.Number, release.Images["app"].Id, release.Images["app"].Tag, release.Steps["migrations"]))
            .Should()
            .Equal(
                (1, "sha256:aaaaaaaaaa01", "shop-prod-app:release-1-aaaaaaaaaa01", "id-a"),
                (2, "sha256:bbbbbbbbbb02", "shop-prod-app:release-2-bbbbbbbbbb02", "id-b")
            );
        History.Newest!.By.Should().EndWith("@" + Environment.MachineName);
        History.Newest.At.Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        History.Newest.Commit.Should().BeNull();
        Run.Shell.Changes.Should()
            .ContainInOrder(
                "docker tag sha256:aaaaaaaaaa01 shop-prod-app:release-1-aaaaaaaaaa01",
                "docker tag sha256:bbbbbbbbbb02 shop-prod-app:release-2-bbbbbbbbbb02",
                "docker image rm sha256:note"
            );
    }

    [Fact]
    public async Task The_same_image_again_is_no_other_release()
    {
        await UpAsync(One, "a");
        await UpAsync(One, "b");

        History.Releases.Should().ContainSingle().Which.Steps["migrations"].Should().Be("id-a");
        Run.Shell.Changes.Should().ContainSingle(line => line.StartsWith("docker import", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_image_that_was_there_before_the_last_one_is_a_release_of_its_own_again()
    {
        await UpAsync(One, "a");
        await UpAsync(Two, "b");
        await UpAsync(One, "c");

        History.Releases.Select(release => (release.Number, release.Images["app"].Id))
            .Should().Equal((1, "sha256:" + One), (2, "sha256:" + Two), (3, "sha256:" + One));
    }

    [Fact]
    public async Task What_another_has_deployed_is_kept_before_the_next_one_takes_its_place()
    {
        Runs(One, "a");
        Run.Shell.On(Compose("up"), () =>
        {
            Runs(Two, "b");
            return new ShellResult(0, "", "");
        });
        Run.Shell.Programs.Add("git");
        Run.Shell.On("git", "3bebe1e4a1b2c3d4e5f60718293a4b5c6d7e8f90\n");

        (await Run.RunAsync("up", "prod", "--images", "registry")).Should().Be(0, Run.Error);

        History.Releases.Select(release => (release.Number, release.Images["app"].Id, release.By == "compose", release.Commit is null))
            .Should().Equal((1, "sha256:" + One, true, true), (2, "sha256:" + Two, false, false));
    }

    [Fact]
    public async Task What_is_not_whole_is_no_release()
    {
        Run.Shell.Running(FakeContainers.Step("migrations"), FakeContainers.Container("web", "unhealthy", stack: "shop-prod"));
        Run.Shell.On(Compose("up"), () =>
        {
            Runs(Two, "b");
            return new ShellResult(0, "", "");
        }).On(Compose("restart"));

        (await Run.RunAsync("up", "prod", "--images", "registry")).Should().Be(0, Run.Error);

        History.Releases.Should().ContainSingle().Which.Images["app"].Id.Should().Be("sha256:" + Two);
    }

    [Theory]
    [InlineData("", "3bebe1e4a1b2")]
    [InlineData(" M app/src/main.py\n", "3bebe1e4a1b2 with changes")]
    public async Task The_commit_is_that_of_the_images_folder(string changes, string commit)
    {
        Run.Shell.Programs.Add("git");
        Run.Shell.On($"git -C {Run.PathOf("app")} rev-parse --verify HEAD", "3bebe1e4a1b2c3d4e5f60718293a4b5c6d7e8f90\n")
            .On($"git -C {Run.PathOf("app")} status --porcelain -- .", changes);

        await UpAsync(One, "a");

        History.Newest!.CommitText.Should().Be(commit);
    }

    [Fact]
    public async Task A_published_image_says_its_commit_itself_and_is_known_by_its_registrys_digest()
    {
        const string Digest = "ghcr.io/acme/shop@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
        Settings("image: ghcr.io/acme/shop:1.4");
        var image = Has("ghcr.io/acme/shop:1.4", One, Digest);
        image["Config"] = System.Text.Json.Nodes.JsonNode.Parse("""{"Labels": {"org.opencontainers.image.revision": "c0ffee"}}""");
        Images["sha256:aaaaaaaaaa01"] = image;
        Run.Shell.Programs.Add("git");

        await UpAsync(One, "a");

        History.Newest!.Commit.Should().Be("c0ffee");
        History.Newest.Images["app"].Digest.Should().Be(Digest);
    }

    [Fact]
    public async Task Releases_beyond_the_number_that_is_set_are_forgotten_with_their_tags()
    {
        Settings("releases: 2");
        await UpAsync(One, "a");
        await UpAsync(Two, "b");
        Tags.AddRange(["shop-prod-app:release-1-aaaaaaaaaa01", "shop-prod-app:release-2-bbbbbbbbbb02", "shop-prod-app:release-3-cccccccccc03"]);

        await UpAsync(Three, "c");

        History.Releases.Select(release => release.Number).Should().Equal(2, 3);
        Run.Shell.Asked.Should().Contain("docker image ls --filter reference=shop-prod-app:release-* --format {{.Repository}}:{{.Tag}}");
        Run.Shell.Changes.Should().EndWith("docker image rm shop-prod-app:release-1-aaaaaaaaaa01");
    }

    [Fact]
    public async Task What_cannot_be_recorded_is_said_and_runs_all_the_same()
    {
        Run.Shell.On("docker import", exitCode: 1, error: "no space left on device");

        await UpAsync(One, "a");

        Run.Error.Should().Contain("shop-prod: The release was not recorded: no space left on device.\n");
        Run.Out.Should().Contain("shop-prod: 2 services, all healthy.\n");
    }

    [Fact]
    public async Task They_are_listed_the_newest_first_with_the_one_that_runs()
    {
        await UpAsync(One, "a");
        await UpAsync(Two, "b");

        (await Run.RunAsync("releases", "prod")).Should().Be(0);

        var lines = Run.Out.Split("release ")[^1].Split('\n')[1..3].Select(line => line.TrimEnd()).ToArray();
        lines[0].TrimStart().Should().StartWith("2 ").And.EndWith("runs");
        lines[1].TrimStart().Should().StartWith("1 ").And.NotContain("runs");
    }

    [Fact]
    public async Task Programs_read_them_as_JSON()
    {
        await UpAsync(One, "a");

        (await Run.RunAsync("releases", "prod", "--format", "json")).Should().Be(0);

        var release = System.Text.Json.Nodes.JsonNode.Parse(Run.Out[Run.Out.IndexOf('[')..])!.AsArray().Should().ContainSingle().Subject!;
        release["number"]!.GetValue<int>().Should().Be(1);
        release["running"]!.GetValue<bool>().Should().BeTrue();
        release["images"]!["app"]!["tag"]!.GetValue<string>().Should().Be("shop-prod-app:release-1-aaaaaaaaaa01");
    }

    [Fact]
    public async Task A_stack_that_runs_the_code_of_its_folder_has_none()
    {
        Settings(environment: "dev");

        await UpAsync(One, "a");

        Run.Shell.Changes.Should().NotContain(line => line.StartsWith("docker tag", StringComparison.Ordinal));
        (await Run.RunAsync("releases", "prod")).Should().Be(2);
        Run.Error.Should().EndWith("shop-prod: It runs the code of app/, not that of an image, so it has no releases. "
            + "Check out the commit that you want there.\n");
    }

    [Fact]
    public async Task A_note_that_is_not_understood_is_never_written_over()
    {
        await UpAsync(One, "a");
        Run.Shell.On("docker image inspect --format {{index", "[{\"number\": \"seven\"}]\n");
        var before = Run.Shell.Changes.Count();

        await UpAsync(Two, "b");

        ChangesAfter(before).Should().NotContain(line => line.StartsWith("docker import", StringComparison.Ordinal));
        Run.Error.Should().Contain("shop-prod-releases:notes: Its label infra.releases was written by another version. "
            + "Use that one, or have the releases forgotten: docker image rm shop-prod-releases:notes\n");
    }

    [Fact]
    public async Task Going_down_keeps_them_and_removing_the_volumes_forgets_them()
    {
        await UpAsync(One, "a");
        Run.Shell.On("docker compose --project-name shop-prod down").On("docker stop").On("docker rm").On("docker network ls");

        (await Run.RunAsync("down", "prod")).Should().Be(0, Run.Error);
        Run.Shell.Changes.Should().NotContain(line => line.StartsWith("docker image rm", StringComparison.Ordinal));

        (await Run.RunAsync("down", "prod", "--volumes", "--yes")).Should().Be(0, Run.Error);
        Run.Shell.Changes.Should().Contain("docker image rm shop-prod-app:release-1-aaaaaaaaaa01 shop-prod-releases:notes");
        Run.Out.Should().EndWith("shop-prod: 1 release forgotten.\n");
    }
}
