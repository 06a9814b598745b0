using Infra.Model;
using Infra.Targets;
using Infra.Tests.Support;

namespace Infra.Tests.Targets;

public sealed class WrittenByTests
{
    private static readonly ServiceSpec Database = Specs.Service("db") with { Role = ServiceRole.Database };

    [Theory]
    [InlineData("17.6-alpine", "registry/postgres:17")]
    [InlineData("v2.1", "registry/postgres:2")]
    [InlineData("16", "registry/postgres:16")]
    [InlineData("pg17", "registry/postgres")]
    [InlineData("latest", "registry/postgres")]
    [InlineData("3f2a9c1", "registry/postgres")]
    public void A_published_image_is_told_by_its_major_version(string tag, string writer)
        => WrittenBy.Of(Database with { Image = new PinnedImage("postgres", tag) }).Should().Be(writer);

    [Fact]
    public void A_Debian_image_is_of_another_family()
        => WrittenBy.Of(Database with { Image = new BuiltImage("postgres", "images/postgres") { Tag = "infra-debian/postgres:17" } })
            .Should().Be("debian/postgres:17");

    [Theory]
    [InlineData(ServiceRole.Web)]
    [InlineData(ServiceRole.Worker)]
    [InlineData(ServiceRole.Beat)]
    public void The_applications_own_releases_leave_no_mark(ServiceRole role)
        => WrittenBy.Of(Database with { Role = role, Image = new PinnedImage("shop", "2.0.1") }).Should().BeNull();

    [Fact]
    public void A_volume_is_marked_by_who_keeps_its_state_there()
    {
        var data = new Volume("data");
        var database = Database with { Image = new PinnedImage("postgres", "17.6"), Mounts = [new VolumeMount(data, "/data")], StatePaths = ["/data"] };
        var backup = Specs.Service("backup") with { Image = new PinnedImage("backup", "1.0"), Mounts = [new VolumeMount(data, "/data", ReadOnly: true)] };

        var writers = WrittenBy.All(new Topology(new Naming("shop", "dev"), [backup, database]));

        writers.Should().Equal(new Dictionary<string, string> { ["shop-dev-data"] = "registry/postgres:17" });
    }
}
