using Infra.Components;
using Infra.Components.Debian;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Running;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class WrittenVolumesTests
{
    private const string Read = "docker run --rm --pull never --network none --read-only --user 0:0 --cap-drop ALL --cap-add DAC_OVERRIDE "
        + "--volume shop-dev-postgres:/volume:ro,nocopy --entrypoint sh ";

    private readonly FakeShell shell = FakeShell.WithEngine();

    [Theory]
    [InlineData("registry/postgres:17", "postgres:18.6-alpine", "'infra:services.postgres.image: postgres:17.11-alpine'", "postgres-18-alpine")]
    [InlineData(
        "registry/postgres:17-alpine",
        "postgres:18.6-alpine",
        "'infra:services.postgres.image: postgres:17.11-alpine'",
        "postgres-18-alpine"
    )]
    [InlineData("registry/postgres:17-debian", "postgres:17.11-alpine", "'infra:services.postgres.image: postgres:17.11'", "postgres-17-alpine")]
    [InlineData(
        "registry/postgres:16",
        "postgres:17.11",
        "'infra:services.postgres.image' to the image that it ran on (registry/postgres:16)",
        "postgres-17-debian"
    )]
    [InlineData(
        "elsewhere/postgres:9",
        "postgres:18.6-alpine",
        "'infra:services.postgres.image' to the image that it ran on (elsewhere/postgres:9)",
        "postgres-18-alpine"
    )]
    [InlineData("debian/postgres:17", "postgres:18.6-alpine", "'infra:images: debian'", "postgres-18-alpine")]
    public async Task Postgres_of_another_writer_is_told_how_to_stay_and_how_to_move(string label, string image, string keeping, string volume)
    {
        shell.On("docker volume ls", $"shop-dev-postgres\t{label}\n");

        var writer = Infra.Targets.WrittenBy.From(Database(PinnedImage.Parse(image)))!.Label;
        (await RefusalAsync(PinnedImage.Parse(image))).Should().Be(
            $"shop-dev-postgres: The volume was written by {label}, and {writer} would start on it now. To stay, set {keeping} in Pulumi.dev.yaml. "
            + "To move the data, stay until './infra.sh backup dev' has taken them; then go on without that, with "
            + $"'infra:services.postgres.volume: {volume}' for a volume of its own, './infra.sh up dev' and './infra.sh restore dev newest'. "
            + "The old volume stays as it is (docs/backups.md). Data that may go are removed with './infra.sh down dev --volumes'.");
    }

    [Fact]
    public async Task The_image_to_stay_on_is_that_of_the_container_that_stands_on_the_volume()
    {
        shell.On("docker volume ls", "shop-dev-postgres\tregistry/pgvector/pgvector:16-debian\n")
            .On("docker ps --all --filter volume=shop-dev-postgres --format {{.Image}}", "infra-debian/app:1\npgvector/pgvector:0.8.1-pg16\n");

        (await RefusalAsync(PinnedImage.Parse("pgvector/pgvector:0.8.1-pg18")))
            .Should()
            .Contain("set 'infra:services.postgres.image: pgvector/pgvector:0.8.1-pg16' in");
    }

    [Fact]
    public async Task Debians_image_would_start_on_what_a_registrys_wrote()
    {
        shell.On("docker volume ls", "shop-dev-postgres\tregistry/postgres:17-alpine\n");

        (await RefusalAsync(DebianImages.Choose(Database(Images.Postgres))!.Image))
            .Should()
            .Contain(
                "and debian/postgres:17 would start on it now. "
                    + "To stay, set 'infra:images: registry' and 'infra:services.postgres.image: postgres:17.11-alpine' in"
            );
    }

    [Fact]
    public async Task An_image_that_Debian_has_no_counterpart_of_stays_wherever_images_come_from()
    {
        shell
            .On("docker volume ls", "shop-dev-postgres\tregistry/acme/postgres:17-debian\n")
            .On("docker ps --all --filter volume=", "acme/postgres:17.0\n");

        (await RefusalAsync(DebianImages.Choose(Database(Images.Postgres))!.Image)).Should()
            .Contain("and debian/postgres:17 would start on it now. To stay, set 'infra:services.postgres.image: acme/postgres:17.0' in");
    }

    [Fact]
    public async Task Another_store_is_told_what_it_can_do()
    {
        shell.On("docker volume ls", "shop-dev-redis\tregistry/redis:7\nshop-dev-media\t\n");

        (await RefusalAsync(Specs.Store("redis", ServiceRole.Cache) with { Image = new PinnedImage("redis", "8.10.1") }))
            .Should()
            .Be(
                "shop-dev-redis: The volume was written by registry/redis:7, and registry/redis:8 would start on it now. "
                    + "Keep the images it was made with (--images, or the image in Pulumi.dev.yaml), "
                    + "move the data by a dump, or remove the volume with './infra.sh down dev --volumes'."
            );
    }

    [Theory]
    [InlineData("registry/postgres:17", "PG_VERSION 17", "postgres:17.11-alpine")]
    [InlineData("", "", "postgres:18.6-alpine")]
    [InlineData("", "PG_VERSION 17", "postgres:17.11")]
    [InlineData("", "17/docker/PG_VERSION 17\n18/docker/PG_VERSION 18", "postgres:18.6-alpine")]
    [InlineData("registry/pgvector/pgvector:0", "PG_VERSION 16", "pgvector/pgvector:0.8.1-pg16")]
    public async Task Its_own_data_are_started_on_whatever_the_label_leaves_out(string label, string clusters, string image)
    {
        shell.On("docker volume ls", $"shop-dev-postgres\t{label}\n").On(Read + image + " -c ", clusters);

        (await RefusalAsync(PinnedImage.Parse(image))).Should().BeEmpty();

        shell.Asked.Should().Contain(line => line.StartsWith(Read, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "PG_VERSION 17", "postgres:18.6-alpine", 17)]
    [InlineData("", "18/docker/PG_VERSION 18", "postgres:17.11-alpine", 18)]
    [InlineData("registry/pgvector/pgvector:0", "PG_VERSION 16", "pgvector/pgvector:0.8.1-pg17", 16)]
    public async Task Data_of_another_major_version_are_found_where_the_label_tells_none(string label, string clusters, string image, int found)
    {
        shell.On("docker volume ls", $"shop-dev-postgres\t{label}\n").On(Read + image + " -c ", clusters);

        (await RefusalAsync(PinnedImage.Parse(image)))
            .Should()
            .StartWith($"shop-dev-postgres: The volume has data of Postgres {found}, and registry/")
            .And.Contain("To stay, set 'infra:services.postgres.image");
    }

    [Fact]
    public async Task A_volume_without_any_label_is_read_by_an_image_that_is_there()
    {
        shell.On("docker volume ls --quiet", "shop-dev-postgres\n")
            .On("docker ps --all --filter volume=shop-dev-postgres", "postgres:17.6-alpine\n")
            .On(Read + "postgres:17.6-alpine", exitCode: 125, error: "No such image").On(Read + "postgres:18.6-alpine", "PG_VERSION 17\n");

        (await RefusalAsync(Images.Postgres with { Tag = "18.6-alpine" }))
            .Should()
            .Contain("data of Postgres 17")
            .And.Contain("'infra:services.postgres.image: postgres:17.6-alpine'");
    }

    [Fact]
    public async Task Nothing_is_read_where_there_is_no_volume_or_its_label_tells_all()
    {
        (await RefusalAsync(Images.Postgres)).Should().BeEmpty();
        shell.On("docker volume ls", "shop-dev-postgres\tregistry/postgres:17-alpine\n");
        (await RefusalAsync(PinnedImage.Parse("postgres:17.11-alpine"))).Should().BeEmpty();

        shell.Asked.Should().NotContain(line => line.StartsWith("docker run", StringComparison.Ordinal));
    }

    private static ServiceSpec Database(Image image)
    {
        var spec = Postgres.Describe("postgres", new() { Password = SmallStack.Password });
        return image is PinnedImage pinned
            ? Postgres.Describe("postgres", new() { Password = SmallStack.Password, Image = pinned })
            : spec with
            {
                Image = image,
            };
    }

    private Task<string> RefusalAsync(Image image) =>
        RefusalAsync(image is BuiltImage ? DebianImages.Choose(Database(Images.Postgres))! : Database(image));

    private async Task<string> RefusalAsync(ServiceSpec service)
    {
        var written = new WrittenVolumes(new Docker(shell), SmallStack.Dev(service).Topology);
        try
        {
            await written.RequireSameWriterAsync(CancellationToken.None);
            await written.RequireSameMajorAsync(CancellationToken.None);
            return "";
        }
        catch (UserErrorException refusal)
        {
            refusal.ExitCode.Should().Be(2);
            return refusal.Message;
        }
    }
}
