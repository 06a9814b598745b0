using Infra.Model;

namespace Infra.Tests.Model;

public sealed class PostgresLayoutTests
{
    [Theory]
    [InlineData("postgres:18.1-alpine", 18)]
    [InlineData("postgres:18", 18)]
    [InlineData("postgres:9.6", 9)]
    [InlineData("postgres:19beta3", 19)]
    [InlineData("pgvector/pgvector:pg15", 15)]
    [InlineData("pgvector/pgvector:0.8.1-pg18", 18)]
    [InlineData("pgvector/pgvector:0.8.1-pg18-trixie", 18)]
    [InlineData("timescale/timescaledb:2.23.0-pg18", 18)]
    [InlineData("postgis/postgis:17-3.5", 17)]
    [InlineData("imresamu/postgis:18-3.6", 18)]
    [InlineData("ghcr.io/acme/postgres:14-vectors0.4.3", 14)]
    [InlineData("postgres:18@sha256:ab", 18)]
    [InlineData("postgres@sha256:ab", null)]
    [InlineData("postgres", null)]
    [InlineData("postgres:alpine", null)]
    [InlineData("postgres:3f2a9c1", null)]
    [InlineData("postgres:20251113", null)]
    [InlineData("timescale/timescaledb:2.23.0", null)]
    public void The_tag_tells_the_major_version(string image, int? major)
        => PostgresLayout.Major(PinnedImage.Parse(image)).Should().Be(major);

    [Fact]
    public void What_was_said_is_what_holds_where_the_tag_tells_none()
        => PostgresLayout.Major(PinnedImage.Parse("postgres@sha256:ab") with { Major = 18 }).Should().Be(18);

    [Fact]
    public void An_image_built_here_is_told_by_its_name() =>
        PostgresLayout
            .Folder(new BuiltImage("postgres", "images/postgres") { Tag = "infra-debian/postgres:17" })
            .Should()
            .Be("/var/lib/postgresql/data");

    [Theory]
    [InlineData("postgres:17.6", "/var/lib/postgresql/data")]
    [InlineData("imresamu/postgis:18-3.6", "/var/lib/postgresql")]
    [InlineData("quay.io/prometheuscommunity/postgres-exporter:v0.17.1", null)]
    [InlineData("redis:18.0", null)]
    [InlineData("postgres:latest", null)]
    public void An_image_of_Postgres_own_has_a_folder_for_its_data(string image, string? folder)
        => PostgresLayout.Folder(PinnedImage.Parse(image)).Should().Be(folder);

    [Theory]
    [InlineData("postgres:17.6-alpine", "alpine")]
    [InlineData("postgres:17.6-alpine3.22", "alpine")]
    [InlineData("postgres:17.6", "debian")]
    [InlineData("postgres:17.6-bookworm", "debian")]
    [InlineData("postgres@sha256:ab", null)]
    public void The_tag_tells_the_C_library(string image, string? variant)
        => PostgresLayout.Variant(PinnedImage.Parse(image)).Should().Be(variant);
}
