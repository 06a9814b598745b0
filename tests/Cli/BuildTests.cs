using Infra.Operations.Engine;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Cli;

public sealed class BuildTests : IDisposable
{
    private const string Registry = """
        config:
          infra:environment: prod
          infra:app:
            registry: ghcr.io/acme/shop
            platforms: [linux/amd64, linux/arm64]
            image: ghcr.io/acme/shop:1@sha256:0123456789012345678901234567890123456789012345678901234567890123

        """;

    private readonly CommandLineRun run = new(
        FakeShell
            .WithEngine()
            .On("docker buildx version", "v0.29\n")
            .On("docker buildx bake")
            .On("docker buildx bake --help", "      --allow stringArray      Allow build to access specified resources\n")
    );

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Bake_prints_the_file_and_asks_nobody()
    {
        (await run.RunAsync("bake", "dev", "--platform", "linux/arm64")).Should().Be(0);

        run.Out.Should().Contain("\"shop-dev-app:latest\"").And.Contain("linux/arm64");
        run.Shell.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task A_build_loads_what_the_next_up_takes_for_fresh()
    {
        (await run.RunAsync("build", "dev")).Should().Be(0);

        run.Shell.Changes.Should()
            .ContainSingle()
            .Which.Should()
            .StartWith("docker buildx bake --file")
            .And.Contain("docker-bake.json --load --metadata-file");
        File.ReadAllText(run.PathOf(".infra/dev/docker-bake.json")).Should().Contain("\"infra.context\"");
    }

    [Fact]
    public async Task What_is_built_and_has_not_changed_since_is_not_built_again()
    {
        var hash = BuildContext.Hash(run.Workspace.Root, new("app", "app"));
        run.Shell.On(
            "docker image inspect",
            $$$$"""{"Id": "sha256:app", "RepoTags": ["shop-dev-app:latest"], "Config": {"Labels": {"infra.context": "{{{{hash}}}}"}}}"""
        );

        (await run.RunAsync("build", "dev")).Should().Be(0, run.Error);
        run.Shell.Changes.Should().BeEmpty();
        run.Out.Should().Be("shop-dev: Its images are built, and nothing has changed since; --no-cache rebuilds them.\n");

        (await run.RunAsync("build", "dev", "--no-cache")).Should().Be(0, run.Error);
        run.Shell.Changes.Should().ContainSingle().Which.Should().Contain("--no-cache");
    }

    [UnixFact]
    public async Task No_build_adds_what_makes_another_image_of_the_same_layers()
        => (await new Shell("/").RunAsync("sh", ["-c", "printf %s \"$BUILDX_NO_DEFAULT_ATTESTATIONS\""])).Output.Should().Be("1");

    [Fact]
    public async Task C7_what_each_image_says_is_in_a_log_of_its_own_as_well()
    {
        run.Write("Pulumi.hub.yaml", "config:\n  infra:system: creator-hub\n  infra:environment: dev\n  infra:app:\n    context: app\n");
        run.Shell.On(
            "docker buildx bake --file",
            "",
            0,
            "#1 [internal] load local bake definitions\n#2 [auth-service 2/4] RUN pip\n#3 [channel-service 2/4] RUN pip\n#2 0.5 Collecting one\n"
                + "#3 0.6 Collecting two\n#2 DONE 1.0s\n#3 ERROR: exit code: 1\n#2 [ai-engine-service 2/4] RUN pip\n#2 CACHED\n"
        );

        (await run.RunAsync("build", "hub")).Should().Be(0, run.Error);

        Log("auth-service").Should().Be("#2 [auth-service 2/4] RUN pip\n#2 0.5 Collecting one\n#2 DONE 1.0s\n");
        Log("channel-service").Should().Be("#3 [channel-service 2/4] RUN pip\n#3 0.6 Collecting two\n#3 ERROR: exit code: 1\n");
        Log("ai-engine-service").Should().Be("#2 [ai-engine-service 2/4] RUN pip\n#2 CACHED\n");
        Log("creator-hub-service").Should().BeEmpty();
        run.Error.Should().StartWith("#1 [internal] load local bake definitions\n#2 [auth-service 2/4] RUN pip\n#3");
        run.Out.Should().Be("shop-hub: built. The log of each image is in .infra/hub/builds.\n");

        string Log(string image) => File.ReadAllText(run.PathOf($".infra/hub/builds/{image}.log"));
    }

    [Fact]
    public async Task One_image_says_not_which_it_is()
    {
        run.Shell.On("docker buildx bake --file", "", 0, "#4 [internal] load metadata\n#5 [stage-1 2/4] RUN pip\nERROR: of nobody's\n");

        (await run.RunAsync("build", "dev")).Should().Be(0, run.Error);

        File.ReadAllText(run.PathOf(".infra/dev/builds/app.log")).Should().Be("#4 [internal] load metadata\n#5 [stage-1 2/4] RUN pip\n");
    }

    [Fact]
    public async Task One_for_another_platform_is_not_taken_for_fresh_by_the_next_up()
    {
        await run.RunAsync("build", "dev");
        var own = File.ReadAllText(run.PathOf(".infra/dev/docker-bake.json"));

        await run.RunAsync("build", "dev", "--platform", "linux/arm64");

        Label(File.ReadAllText(run.PathOf(".infra/dev/docker-bake.json"))).Should().NotBe(Label(own));

        static string Label(string file) => System.Text.Json.Nodes.JsonNode.Parse(file)!["target"]!["app"]!["labels"]!["infra.context"]!.ToString();
    }

    [Fact]
    public async Task The_base_that_Debians_images_start_from_is_made_first()
    {
        foreach (var image in new[] { "app", "postgres", "rabbitmq", "redis" }) run.Write($"images/{image}/Dockerfile", "FROM scratch\n");
        run.Shell.On("bash images/base.sh", exitCode: 1, error: "base.sh: mmdebstrap is missing; run: apt-get install mmdebstrap");

        (await run.RunAsync("build", "dev", "--images", "debian")).Should().Be(1);

        run.Error.Should()
            .EndWith(
                "image base: Its build failed; the last lines say why. "
                    + "Running containers were not changed.\n  base.sh: mmdebstrap is missing; run: apt-get install mmdebstrap\n"
            );
        run.Shell.Changes.Should().Equal("bash images/base.sh");
    }

    [Theory]
    [InlineData("      --allow stringArray      Allow build to access specified resources", true)]
    [InlineData("      --builder string         Override the configured builder instance", false)]
    public async Task The_network_of_the_machine_is_asked_for_where_the_plugin_wants_that(string help, bool isAsked)
    {
        foreach (var image in new[] { "app", "postgres", "rabbitmq", "redis" }) run.Write($"images/{image}/Dockerfile", "FROM scratch\n");
        run.Shell.On("docker buildx bake --help", help + "\n").On("bash images/base.sh");

        (await run.RunAsync("build", "dev", "--images", "debian")).Should().Be(0, run.Error);

        run.Shell.Changes.Last().Contains(" --allow network.host", StringComparison.Ordinal).Should().Be(isAsked);
    }

    [Fact]
    public async Task Every_layer_is_built_anew_when_that_is_asked_for()
    {
        (await run.RunAsync("build", "dev", "--no-cache")).Should().Be(0);

        run.Shell.Changes.Should().ContainSingle().Which.Should().Contain(" --load --no-cache --metadata-file");
    }

    [Fact]
    public async Task A_missing_plugin_is_named()
    {
        run.Shell.On("docker buildx version", exitCode: 1, error: "docker: 'buildx' is not a docker command.");

        (await run.RunAsync("build", "dev")).Should().Be(2);

        run.Error.Should().Contain("docker buildx: The plugin is missing.");
    }

    [Fact]
    public async Task A_failed_build_is_a_failure()
    {
        run.Shell.On("docker buildx bake", exitCode: 1);

        (await run.RunAsync("build", "dev")).Should().Be(1);
    }
}
