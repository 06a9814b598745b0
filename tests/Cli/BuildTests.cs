using Infra.Operations.Engine;
using Infra.Tests.Offline;

namespace Infra.Tests.Cli;

public sealed class BuildTests : BuildTest
{
    [Fact]
    public async Task Bake_prints_the_file_and_asks_nobody()
    {
        (await Run.RunAsync("bake", "dev", "--platform", "linux/arm64")).Should().Be(0);

        Run.Out.Should().Contain("\"shop-dev-app:latest\"").And.Contain("linux/arm64");
        Run.Shell.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task A_build_loads_what_the_next_up_takes_for_fresh()
    {
        (await Run.RunAsync("build", "dev")).Should().Be(0);

        Run.Shell.Changes.Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("docker buildx bake --file")
            .And.Contain("docker-bake.json --load --metadata-file");
        File.ReadAllText(Run.PathOf(".infra/dev/docker-bake.json")).Should().Contain("\"infra.context\"");
    }

    [Fact]
    public async Task What_is_built_and_has_not_changed_since_is_not_built_again()
    {
        var hash = BuildContext.Hash(Run.Workspace.Root, new("app", "app"));
        Run.Shell.On(
            "docker image inspect",
            $$$$"""{"Id": "sha256:app", "RepoTags": ["shop-dev-app:latest"], "Config": {"Labels": {"infra.context": "{{{{hash}}}}"}}}"""
        );

        (await Run.RunAsync("build", "dev")).Should().Be(0, Run.Error);
        Run.Shell.Changes.Should().BeEmpty();
        Run.Out.Should().Be("shop-dev: Its images are built, and nothing has changed since; --no-cache rebuilds them.\n");

        (await Run.RunAsync("build", "dev", "--no-cache")).Should().Be(0, Run.Error);
        Run.Shell.Changes.Should().ContainSingle().Which.Should().Contain("--no-cache");
    }

    [UnixFact]
    public async Task No_build_adds_what_makes_another_image_of_the_same_layers()
        => (await new Shell("/").RunAsync("sh", ["-c", "printf %s \"$BUILDX_NO_DEFAULT_ATTESTATIONS\""])).Output.Should().Be("1");

    [Fact]
    public async Task C7_what_each_image_says_is_in_a_log_of_its_own_as_well()
    {
        Run.Write("Pulumi.hub.yaml", "config:\n  infra:system: creator-hub\n  infra:environment: dev\n  infra:app:\n    context: app\n");
        Run.Shell.On(
            "docker buildx bake --file",
            "",
            0,
            "#1 [internal] load local bake definitions\n#2 [auth-service 2/4] RUN pip\n#3 [channel-service 2/4] RUN pip\n#2 0.5 Collecting one\n"
                + "#3 0.6 Collecting two\n#2 DONE 1.0s\n#3 ERROR: exit code: 1\n#2 [ai-engine-service 2/4] RUN pip\n#2 CACHED\n"
        );

        (await Run.RunAsync("build", "hub")).Should().Be(0, Run.Error);

        Log("auth-service").Should().Be("#2 [auth-service 2/4] RUN pip\n#2 0.5 Collecting one\n#2 DONE 1.0s\n");
        Log("channel-service").Should().Be("#3 [channel-service 2/4] RUN pip\n#3 0.6 Collecting two\n#3 ERROR: exit code: 1\n");
        Log("ai-engine-service").Should().Be("#2 [ai-engine-service 2/4] RUN pip\n#2 CACHED\n");
        Log("creator-hub-service").Should().BeEmpty();
        Run.Error.Should().StartWith("#1 [internal] load local bake definitions\n#2 [auth-service 2/4] RUN pip\n#3");
        Run.Out.Should().Be("shop-hub: built. The log of each image is in .infra/hub/builds.\n");

        string Log(string image) => File.ReadAllText(Run.PathOf($".infra/hub/builds/{image}.log"));
    }

    [Fact]
    public async Task One_image_says_not_which_it_is()
    {
        Run.Shell.On("docker buildx bake --file", "", 0, "#4 [internal] load metadata\n#5 [stage-1 2/4] RUN pip\nERROR: of nobody's\n");

        (await Run.RunAsync("build", "dev")).Should().Be(0, Run.Error);

        File.ReadAllText(Run.PathOf(".infra/dev/builds/app.log")).Should().Be("#4 [internal] load metadata\n#5 [stage-1 2/4] RUN pip\n");
    }

    [Fact]
    public async Task One_for_another_platform_is_not_taken_for_fresh_by_the_next_up()
    {
        await Run.RunAsync("build", "dev");
        var own = File.ReadAllText(Run.PathOf(".infra/dev/docker-bake.json"));

        await Run.RunAsync("build", "dev", "--platform", "linux/arm64");

        Label(File.ReadAllText(Run.PathOf(".infra/dev/docker-bake.json"))).Should().NotBe(Label(own));

        static string Label(string file) => System.Text.Json.Nodes.JsonNode.Parse(file)!["target"]!["app"]!["labels"]!["infra.context"]!.ToString();
    }

    [Fact]
    public async Task The_base_that_Debians_images_start_from_is_made_first()
    {
        foreach (var image in new[] { "app", "postgres", "rabbitmq", "redis" }) Run.Write($"images/{image}/Dockerfile", "FROM scratch\n");
        Run.Shell.On("bash images/base.sh", exitCode: 1, error: "base.sh: mmdebstrap is missing; run: apt-get install mmdebstrap");

        (await Run.RunAsync("build", "dev", "--images", "debian")).Should().Be(1);

        Run.Error.Should()
            .EndWith(
                "image base: Its build failed; the last lines say why. "
                    + "Running containers were not changed.\n  base.sh: mmdebstrap is missing; run: apt-get install mmdebstrap\n"
            );
        Run.Shell.Changes.Should().Equal("bash images/base.sh");
    }

    [Theory]
    [InlineData("      --allow stringArray      Allow build to access specified resources", true)]
    [InlineData("      --builder string         Override the configured builder instance", false)]
    public async Task The_network_of_the_machine_is_asked_for_where_the_plugin_wants_that(string help, bool isAsked)
    {
        foreach (var image in new[] { "app", "postgres", "rabbitmq", "redis" }) Run.Write($"images/{image}/Dockerfile", "FROM scratch\n");
        Run.Shell.On("docker buildx bake --help", help + "\n").On("bash images/base.sh");

        (await Run.RunAsync("build", "dev", "--images", "debian")).Should().Be(0, Run.Error);

        Run.Shell.Changes.Last().Contains(" --allow network.host", StringComparison.Ordinal).Should().Be(isAsked);
    }

    [Fact]
    public async Task Every_layer_is_built_again_when_that_is_asked_for()
    {
        (await Run.RunAsync("build", "dev", "--no-cache")).Should().Be(0);

        Run.Shell.Changes.Should().ContainSingle().Which.Should().Contain(" --load --no-cache --metadata-file");
    }

    [Fact]
    public async Task A_missing_plugin_is_named()
    {
        Run.Shell.On("docker buildx version", exitCode: 1, error: "docker: 'buildx' is not a docker command.");

        (await Run.RunAsync("build", "dev")).Should().Be(2);

        Run.Error.Should().Contain("docker buildx: The plugin is missing.");
    }

    [Fact]
    public async Task A_failed_build_is_a_failure()
    {
        Run.Shell.On("docker buildx bake", exitCode: 1);

        (await Run.RunAsync("build", "dev")).Should().Be(1);
    }
}
