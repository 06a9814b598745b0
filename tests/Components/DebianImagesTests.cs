using Infra.Components;
using Infra.Components.Debian;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class DebianImagesTests
{
    [Theory]
    [InlineData("postgres", "17.6-alpine", "infra-debian/postgres:17")]
    [InlineData("redis", "8.0.3-alpine", "infra-debian/redis:8")]
    [InlineData("valkey/valkey", "8.1.8-alpine", "infra-debian/valkey:8")]
    [InlineData("rabbitmq", "4.1.4-management-alpine", "infra-debian/rabbitmq:4")]
    [InlineData("prom/prometheus", "v3.5.0", "infra-debian/prometheus:2")]
    [InlineData("quay.io/prometheuscommunity/postgres-exporter", "v0.17.1", "infra-debian/postgres-exporter:0")]
    [InlineData("oliver006/redis_exporter", "v1.74.0-alpine", "infra-debian/redis-exporter:1")]
    [InlineData("caddy", "2.10.2-alpine", "infra-debian/caddy:2")]
    public void A_published_image_has_its_counterpart(string repository, string tag, string expected)
    {
        var chosen = DebianImages.Choose(Specs.Service("any") with { Image = new PinnedImage(repository, tag) });

        chosen!
            .Image.Should()
            .BeOfType<BuiltImage>()
            .Which.Should()
            .BeEquivalentTo(
                new
                {
                    Context = $"images/{expected["infra-debian/".Length..expected.IndexOf(':', StringComparison.Ordinal)]}",
                    Tag = expected,
                    Network = "host",
                }
            );
    }

    [Fact]
    public void What_names_the_folder_of_Postgres_data_follows_the_image_that_keeps_them_elsewhere()
    {
        var published = Postgres.Describe("postgres", new() { Password = new Secret("pw"), Image = new PinnedImage("postgres", "18.6-alpine") });
        var backups = Backup.Describe("backup", new() { Stack = "shop-prod", Database = published });

        var (database, backup) = (DebianImages.Choose(published)!, DebianImages.Choose(backups)!);

        database.StatePaths.Should().Equal("/var/lib/postgresql/data");
        database.Mounts.OfType<VolumeMount>().Should().Equal(new VolumeMount(new Volume("postgres"), "/var/lib/postgresql/data"));
        Backup.FolderOf(backup).Should().Be("/var/lib/postgresql/data");
        backup.Environment["BACKUP_FOLDER"].ToString().Should().Be("/var/lib/postgresql/data");
        database.Mounts.OfType<TmpfsMount>().Should().Equal(published.Mounts.OfType<TmpfsMount>());
    }

    [Theory]
    [InlineData(Grafana.Kind, "grafana/grafana")]
    [InlineData(Flower.Kind, "mher/flower")]
    [InlineData(Ollama.Kind, "mirror.example/ollama")]
    [InlineData(Chroma.Kind, "chromadb/chroma")]
    public void What_Debian_does_not_package_is_left_out(string kind, string repository)
        => DebianImages.Choose(new ServiceSpec(kind, "any") { Image = new PinnedImage(repository, "1.0.0") }).Should().BeNull();

    [Fact]
    public void PostGIS_and_LocalStack_have_their_counterparts_from_Debian_and_Flower_has_none()
    {
        var database = DebianImages.Choose(Postgres.Describe("db", new() { Password = new("p"), Image = Images.PostGis }));
        var flower = Flower.Describe(
            "flower",
            new()
            {
                Image = new BuiltImage("app", "app") { DebianDockerfile = "debian.Dockerfile" },
                App = "shop",
            }
        );

        database!.Image.Should().BeOfType<BuiltImage>().Which.Base!.Tag.Should().Be("infra-debian/postgres:17");
        DebianImages.Choose(LocalStack.Describe("aws", new() { Services = ["sqs"] })).Should().NotBeNull();
        DebianImages.Choose(flower).Should().BeNull("its package is not there");
    }

    [Fact]
    public void Of_each_image_of_the_catalogue_it_is_known_whether_Debian_has_it() => typeof(Images)
        .GetProperties()
        .Select(property => ((PinnedImage)property.GetValue(null)!).Repository)
        .Distinct()
        .Should()
        .BeSubsetOf(DebianImages.Repositories);

    [Fact]
    public void A_published_image_of_the_users_own_stays()
    {
        var web = Specs.Web() with { Image = new PinnedImage("ghcr.io/acme/shop", "1.4") };

        DebianImages.Choose(web).Should().BeSameAs(web);
    }

    [Fact]
    public void Development_watches_the_Dockerfile_that_is_built()
    {
        var image = new BuiltImage("app", "app") { DebianDockerfile = "debian.Dockerfile" };
        var web = Web.Describe("web", new() { Image = image, Command = ["serve"], Reload = new Reload("app", "/app", ["src"]) });

        DebianImages.Choose(web)!.Watch.Select(rule => rule.Path).Should().Equal("app/debian.Dockerfile", "app/uv.lock", "app/pyproject.toml");
    }

    [Fact]
    public void The_applications_image_is_built_on_Debians_base()
    {
        var build = DebianImages.ChooseBuild(new BuiltImage("app", "app") { DebianDockerfile = "debian.Dockerfile" });

        build.Dockerfile.Should().Be("debian.Dockerfile");
        build.Args.Should().Contain("BASE", "infra-debian/app-base:trixie");
        build.Base!.Context.Should().Be("images/app");
    }

    [Fact]
    public void An_application_without_a_Dockerfile_for_Debian_is_built_as_it_is()
    {
        var build = new BuiltImage("app", "app");

        DebianImages.ChooseBuild(build).Should().BeSameAs(build);
        DebianImages.Choose(Specs.Web() with { Image = build }).Should().BeNull("its Dockerfile may need a registry");
    }
}
