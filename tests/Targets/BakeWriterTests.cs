using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Infra.Components.Debian;
using Infra.Model;
using Infra.Targets.Bake;
using Infra.Tests.Support;

namespace Infra.Tests.Targets;

public sealed class BakeWriterTests
{
    private static readonly BuiltImage Full = new("app", "app")
    {
        Dockerfile = "prod.Dockerfile",
        Target = "run",
        Args = ImmutableSortedDictionary<string, string>.Empty.Add("PYTHON", "3.13"),
        Tag = "ghcr.io/acme/shop:1.4",
        Platforms = ["linux/amd64", "linux/arm64"],
        CacheFrom = ["ghcr.io/acme/shop:cache"],
        CacheTo = ["ghcr.io/acme/shop:cache"],
    };

    [Fact]
    public void A_target_says_all_that_the_build_says() => JsonNode.DeepEquals(Written(Full)["target"]!["app"], JsonNode.Parse("""
        {
          "context": "app",
          "dockerfile": "prod.Dockerfile",
          "tags": ["ghcr.io/acme/shop:1.4"],
          "target": "run",
          "args": {"PYTHON": "3.13"},
          "platforms": ["linux/amd64", "linux/arm64"],
          "cache-from": ["type=registry,ref=ghcr.io/acme/shop:cache"],
          "cache-to": ["type=registry,ref=ghcr.io/acme/shop:cache,mode=max"]
        }
        """)).Should().BeTrue();

    [Fact]
    public void What_is_not_said_is_left_out() => JsonNode.DeepEquals(Written(new BuiltImage("app", "app"))["target"]!["app"],
        JsonNode.Parse("""{"context": "app", "dockerfile": "Dockerfile", "tags": ["shop-test-app:latest"]}""")).Should().BeTrue();

    [Fact]
    public void A_base_is_built_beside_it_and_stands_for_its_name()
    {
        var file = Written(DebianImages.ChooseBuild(Full with { DebianDockerfile = "debian.Dockerfile" }));

        file["group"]!["default"]!["targets"]!.AsArray().Select(name => name!.GetValue<string>()).Should().Equal("app-base", "app");
        file["target"]!["app"]!["contexts"]!["infra-debian/app-base:trixie"]!.GetValue<string>().Should().Be("target:app-base");
        file["target"]!["app-base"]!["network"]!.GetValue<string>().Should().Be("host");
    }

    [Fact]
    public void Platforms_can_be_others() =>
        JsonNode.Parse(BakeWriter.Write(Topology(Full), ["linux/riscv64"]))!["target"]!["app"]!["platforms"]!
            .ToJsonString()
            .Should()
            .Be("""["linux/riscv64"]""");

    [BuildxFact]
    public void Bake_itself_understands_it()
    {
        using var root = new TemporaryRoot();
        var file = Path.Combine(root.Path, "docker-bake.json");
        File.WriteAllText(
            file,
            BakeWriter.Write(Topology(DebianImages.ChooseBuild(Full with { DebianDockerfile = "debian.Dockerfile" }), Full with { Name = "other" }))
        );

        using var bake = Process.Start(new ProcessStartInfo("docker", ["buildx", "bake", "--file", file, "--print"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = root.Path,
        })!;
        var reason = bake.StandardError.ReadToEndAsync();
        var printed = bake.StandardOutput.ReadToEnd();
        bake.WaitForExit();

        bake.ExitCode.Should().Be(0, reason.Result);
        var target = JsonNode.Parse(printed)!["target"]!;
        target.AsObject().Select(each => each.Key).Should().BeEquivalentTo("app", "app-base", "other");
        target["other"]!["platforms"]!.ToJsonString().Should().Be("""["linux/amd64","linux/arm64"]""");
        target["other"]!["tags"]!.ToJsonString().Should().Be("""["ghcr.io/acme/shop:1.4"]""");
        target["app"]!["contexts"]!.ToJsonString().Should().Be("""{"infra-debian/app-base:trixie":"target:app-base"}""");
    }

    private static JsonNode Written(BuiltImage image) => JsonNode.Parse(BakeWriter.Write(Topology(image)))!;

    private static Topology Topology(params BuiltImage[] images) =>
        Specs.Topology([.. images.Select((image, at) => Specs.Service($"web{at}") with { Image = image })]);
}
