using System.Collections.Immutable;
using Infra.Model;
using Infra.Targets.Compose;

namespace Infra.Tests.Targets.Compose;

public sealed class ComposeBuildTests
{
    private static readonly ServiceSpec Web = Samples.Plain with { Image = new BuiltImage("app", "app") };

    [Fact]
    public void One_service_builds_and_the_others_name_the_image()
    {
        var yaml = Samples.Write(Web, Web with { Name = "worker" }, Web with { Name = "beat" });

        yaml.Split("build:").Should().HaveCount(2);
        yaml.Split("image: shop-dev-app:latest").Should().HaveCount(2);
        yaml.Should().Contain("  web:\n    <<: *app\n    build:\n")
            .And.Contain("  worker:\n    <<: *app\n    pull_policy: never\n")
            .And.Contain("  beat:\n    <<: *app\n    pull_policy: never\n");
    }

    [Fact]
    public void Equal_builds_that_were_made_apart_are_one()
    {
        static BuiltImage Made() => new("app", "app") { Args = ImmutableSortedDictionary<string, string>.Empty.Add("A", "1") };

        Samples.Write(Web with { Image = Made() }, Web with { Name = "worker", Image = Made() }).Split("build:").Should().HaveCount(2);
    }

    [Fact]
    public void A_build_is_carried_whole()
    {
        var image = new BuiltImage("app", "src/app")
        {
            Dockerfile = "docker/Dockerfile",
            Target = "runtime",
            Args = ImmutableSortedDictionary<string, string>.Empty.Add("PRICE", "5$").Add("VERSION", "3"),
            Network = "host",
            CacheFrom = ["ghcr.io/acme/shop:cache"],
            Platforms = ["linux/amd64"],
        };

        Samples.Write(Web with { Image = image }).Should().Contain("""
                build:
                  context: ./src/app
                  dockerfile: docker/Dockerfile
                  target: runtime
                  args:
                    PRICE: "5$$"
                    VERSION: "3"
                  network: host
                  cache_from:
                    - ghcr.io/acme/shop:cache
                  platforms:
                    - linux/amd64
                  labels: *labels

            """);
    }

    [Fact]
    public void An_image_that_stacks_share_has_no_label_of_one()
        => Samples.Write(Web with { Image = new BuiltImage("redis", "images/redis") { Tag = "infra-debian/redis:8" } })
            .Should().Contain("    image: infra-debian/redis:8\n    build:\n      context: ./images/redis\n    container_name:");

    [Fact]
    public void The_image_that_another_starts_from_is_built_by_name_and_never_run()
    {
        var yaml = Samples.Write(Web with
        {
            Image = new BuiltImage("app", "app") { Base = new BuiltImage("app-base", "images/app") { Tag = "base:1" } },
        });

        yaml.Should().Contain("# Before the first start: docker compose build app-base\n")
            .And.Contain("  app-base:\n    image: base:1\n    build:\n      context: ./images/app\n    profiles: [\"images\"]\n");
    }

    [Fact]
    public void Paths_are_written_as_the_file_sees_them()
    {
        var options = new ComposeOptions { PathTo = path => "../../" + path };
        var service = Web with
        {
            Mounts = [new BindMount("app/src", "/src"), new BindMount("/etc/ssl", "/ssl")],
            Files = [ServiceFile.For(new Secret("key"))],
        };

        ComposeWriter.Write(Samples.Only(service), options).Should().Contain("context: ../../app\n").And.Contain("source: ../../app/src\n")
            .And.Contain("source: /etc/ssl\n").And.Contain("file: ../../.secrets/dev/rendered/key\n");
    }
}
