using Infra.Model;
using Infra.Targets;
using Infra.Tests.Support;

namespace Infra.Tests.Targets;

public sealed class WrittenByTests
{
    private static readonly ServiceSpec Store = Specs.Service("redis") with { Role = ServiceRole.Cache };
    private static readonly ServiceSpec Database = Specs.Service("db") with { Role = ServiceRole.Database };

    [Theory]
    [InlineData("redis:8.10.1-alpine", "registry/redis:8")]
    [InlineData("prom/prometheus:v2.1", "registry/prom/prometheus:2")]
    [InlineData("redis:16", "registry/redis:16")]
    [InlineData("redis:pg17", "registry/redis")]
    [InlineData("redis:latest", "registry/redis")]
    [InlineData("redis:3f2a9c1", "registry/redis")]
    [InlineData("redis@sha256:ab", "registry/redis")]
    public void A_published_image_is_told_by_its_major_version(string image, string label)
        => WrittenBy.From(Store with { Image = PinnedImage.Parse(image) })!.Label.Should().Be(label);

    [Theory]
    [InlineData("postgres:17.6-alpine", "registry/postgres:17-alpine")]
    [InlineData("postgres:17.6", "registry/postgres:17-debian")]
    [InlineData("postgres:17.6-bookworm", "registry/postgres:17-debian")]
    [InlineData("pgvector/pgvector:pg17", "registry/pgvector/pgvector:17-debian")]
    [InlineData("pgvector/pgvector:0.8.1-pg18", "registry/pgvector/pgvector:18-debian")]
    [InlineData("postgis/postgis:17-3.5-alpine", "registry/postgis/postgis:17-alpine")]
    [InlineData("mysql:8.4", "registry/mysql:8-debian")]
    [InlineData("postgres:latest", "registry/postgres")]
    [InlineData("postgres@sha256:ab", "registry/postgres")]
    public void A_database_by_its_C_library_too_which_sorts_its_indexes(string image, string label)
        => WrittenBy.From(Database with { Image = PinnedImage.Parse(image) })!.Label.Should().Be(label);

    [Fact]
    public void A_major_version_that_was_said_is_noted() =>
        WrittenBy
            .From(Database with { Image = PinnedImage.Parse("postgres@sha256:ab") with { Major = 18 } })!
            .Label.Should()
            .Be("registry/postgres:18");

    [Fact]
    public void A_Debian_image_is_of_another_family()
        => WrittenBy.From(Database with { Image = new BuiltImage("postgres", "images/postgres") { Tag = "infra-debian/postgres:17" } })!.Label
            .Should().Be("debian/postgres:17");

    [Theory]
    [InlineData("postgres:17.6-alpine", "registry/postgres:17-alpine", true)]
    [InlineData("postgres:17.6-alpine", "registry/postgres:17-debian", false)]
    [InlineData("postgres:17.6", "registry/postgres:17-alpine", false)]
    [InlineData("postgres:18.6-alpine", "registry/postgres:17-alpine", false)]
    [InlineData("postgres:17.6", "debian/postgres:17", false)]
    [InlineData("postgis/postgis:17-3.5", "registry/postgres:17-debian", false)]
    // What earlier releases noted tells no variant, and of an extension's image another number or none.
    [InlineData("postgres:17.6-alpine", "registry/postgres:17", true)]
    [InlineData("postgres:17.6", "registry/postgres:17", true)]
    [InlineData("postgres:18.6-alpine", "registry/postgres:17", false)]
    [InlineData("pgvector/pgvector:0.8.1-pg17", "registry/pgvector/pgvector:0", true)]
    [InlineData("pgvector/pgvector:pg17", "registry/pgvector/pgvector", true)]
    public void Takes_over_what_it_wrote_itself_as_far_as_the_label_tells(string image, string label, bool isSame)
        => WrittenBy.From(Database with { Image = PinnedImage.Parse(image) })!.Wrote(label).Should().Be(isSame);

    [Theory]
    [InlineData("registry/postgres:17-alpine", true)]
    [InlineData("registry/postgres:17", true)]
    [InlineData("registry/postgres:16-alpine", false)]
    public void A_digest_alone_tells_no_variant(string label, bool isSame)
        => WrittenBy.From(Database with { Image = PinnedImage.Parse("postgres@sha256:ab") with { Major = 17 } })!.Wrote(label).Should().Be(isSame);

    [Theory]
    [InlineData(ServiceRole.Web)]
    [InlineData(ServiceRole.Worker)]
    [InlineData(ServiceRole.Beat)]
    public void The_applications_own_releases_leave_no_mark(ServiceRole role)
        => WrittenBy.From(Database with { Role = role, Image = new PinnedImage("shop", "2.0.1") }).Should().BeNull();

    [Fact]
    public void A_volume_is_marked_by_who_keeps_its_state_there()
    {
        var data = new Volume("data");
        var database = Database with { Mounts = [new VolumeMount(data, "/data")], StatePaths = ["/data"] };
        var backup = Specs.Service("backup") with
        {
            Image = new PinnedImage("backup", "1.0"),
            Mounts = [new VolumeMount(data, "/data", ReadOnly: true)],
        };

        WrittenBy.Owner(Specs.Topology(backup, database), data)!.Name.Should().Be("db");
        WrittenBy.Owner(Specs.Topology(backup), data).Should().BeNull();
    }
}
