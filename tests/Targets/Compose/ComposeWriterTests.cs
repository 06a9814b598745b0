using Infra.Model;
using Infra.Targets.Compose;

namespace Infra.Tests.Targets.Compose;

public sealed class ComposeWriterTests
{
    private static readonly Secret Password = new("db-password");

    [Fact]
    public void A_secret_in_a_variable_is_refused()
    {
        var write = () => Samples.Write(Samples.Plain with { Environment = Variables.From(("DATABASE_URL", Template.From($"x://{Password}@db"))) });

        write
            .Should()
            .Throw<InvalidOperationException>()
            .WithMessage(
                "web: the variable DATABASE_URL holds the secret 'db-password', which a Compose file cannot keep. "
                    + "Give it as a file and name the file in DATABASE_URL_FILE."
            );
    }

    [Fact]
    public void A_file_with_a_secret_is_named_and_its_content_left_out()
        => Samples.Write(Samples.Plain with { Files = [new ServiceFile("url", Template.From($"scheme://{Password}@db"))] })
            .Should().Contain("secrets:\n  url:\n    file: ./.secrets/dev/rendered/url\n").And.NotContain("scheme");

    [Theory]
    [InlineData("postgres:18.6-alpine")]
    [InlineData("postgres:17.11")]
    [InlineData("pgvector/pgvector:0.8.1-pg18")]
    public void A_volumes_definition_does_not_change_with_what_writes_it_or_Compose_would_offer_to_remove_it(string image)
        => VolumesOf(Samples.Write(Stateful("db") with { Image = PinnedImage.Parse(image) }))
            .Should().Be("volumes:\n  data:\n    name: shop-dev-data\n    labels: *labels\n");

    [Fact]
    public void A_volume_that_is_taken_over_is_none_of_Composes()
        => VolumesOf(Samples.Write(Stateful("db") with { Mounts = [new VolumeMount(new Volume("data") { Existing = "old_data" }, "/data")] }))
            .Should().Be("volumes:\n  data:\n    name: old_data\n    external: true\n");

    [Fact]
    public void Volumes_that_the_caller_makes_are_none_of_Composes()
        => VolumesOf(ComposeWriter.Write(Samples.Only([Stateful("db")]), new ComposeOptions { VolumesApart = true }))
            .Should().Be("volumes:\n  data:\n    name: shop-dev-data\n    external: true\n");

    [Fact]
    public void The_fingerprint_changes_with_a_file_and_with_a_secrets_name()
    {
        static string Fingerprint(Template content) => Samples.Write(Samples.Plain with { Files = [new ServiceFile("url", content)] })
            .Split('\n').Single(line => line.Contains(Labels.Fingerprint, StringComparison.Ordinal));

        new[]
        {
            Fingerprint(Template.From($"a{Password}")),
            Fingerprint(Template.From($"b{Password}")),
            Fingerprint(Template.From($"a{new Secret("other")}")),
        }
            .Should()
            .OnlyHaveUniqueItems();
    }

    [Fact]
    public void The_prefix_names_everything_on_the_engine()
    {
        var topology = new Topology(new Naming("shop", "dev", "mine_"), [Stateful("db") with { Image = new BuiltImage("app", "app") }]);

        ComposeWriter.Write(topology, new ComposeOptions()).Should().Contain("name: shop-dev\n").And.Contain("image: mine_app:latest\n")
            .And.Contain("container_name: mine_db\n").And.Contain("name: mine_data\n").And.Contain("name: mine_default\n");
    }

    [Fact]
    public void Variables_that_some_have_more_of_are_shared_too()
    {
        var web = Samples.Plain with { Environment = Variables.From(("A", "a"), ("B", "b"), ("C", "c")) };
        var worker = web with { Name = "worker", Environment = Variables.From(("A", "a"), ("B", "b")) };

        Samples.Write(web, worker).Should().Contain("x-shop-environment: &shop-environment\n  A: a\n  B: b\n")
            .And.Contain("    environment:\n      <<: *shop-environment\n      C: c\n").And.Contain("    environment: *shop-environment\n");
    }

    [Fact]
    public void An_image_called_like_a_shared_part_has_a_part_of_its_own()
    {
        var web = Samples.Plain with { Image = new BuiltImage("logging", "app") };

        Samples.Write(web, web with { Name = "worker" }).Should().Contain("x-logging-image: &logging-image\n").And.Contain("x-logging: &logging\n");
    }

    private static string VolumesOf(string file) =>
        file[file.IndexOf("\nvolumes:\n", StringComparison.Ordinal)..].TrimStart('\n').Split("\n\n")[0].TrimEnd('\n') + "\n";

    private static ServiceSpec Stateful(string name) => Samples.Plain with
    {
        Name = name,
        Role = ServiceRole.Database,
        Mounts = [new VolumeMount(new Volume("data"), "/data")],
        StatePaths = ["/data"],
    };
}
