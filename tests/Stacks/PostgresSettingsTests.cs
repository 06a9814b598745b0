using Infra.Components;
using Infra.Model;
using Infra.Model.Rules;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

public sealed class PostgresSettingsTests
{
    [Fact]
    public void The_major_version_is_said_where_the_tag_does_not_tell_it()
    {
        var postgres = SettingsOf.Text(Set("image: \"postgres@sha256:ab\", major: 18, volume: postgres-18")).Args<PostgresArgs>("postgres");

        postgres.Image.Should().Be(PinnedImage.Parse("postgres@sha256:ab") with { Major = 18 });
        postgres.Image.ToString().Should().Be("postgres@sha256:ab", "nobody wrote a tag");
        postgres.Volume.Should().Be("postgres-18");
    }

    [Fact]
    public void The_same_major_version_may_be_said_twice() =>
        SettingsOf
            .Text(Set("image: \"postgres:17.6\", major: 17"))
            .Args<PostgresArgs>("postgres")
            .Image.Should()
            .Be(new PinnedImage("postgres", "17.6"));

    [Theory]
    [InlineData("image: \"postgres:17.6\", major: 18", "The image 'postgres:17.6' is Postgres 17, not 18.")]
    [InlineData("image: \"pgvector/pgvector:0.8.1-pg16\", major: 17", "The image 'pgvector/pgvector:0.8.1-pg16' is Postgres 16, not 17.")]
    public void Another_one_than_the_tag_tells_is_an_error(string settings, string what) =>
        SettingsOf.Problems(Set(settings), "dev").Should().EndWith($" infra:services.postgres.major: {what} Remove the setting: the tag tells it.");

    [Fact]
    public async Task The_volume_of_another_service_is_refused() =>
        Review.Run(await StackFactory.GatherAsync(SettingsOf.Text(Set("volume: redis")))).Select(finding => finding.Rule).Should().Contain("MOUNTS");

    [Theory]
    [InlineData("", "")]
    [InlineData("infra:system: marketplace, infra:app: {celery: shop}, ", ", web: {command: serve}")]
    public async Task Another_volume_is_mounted(string system, string web)
    {
        var topology = await StackFactory.GatherAsync(
            SettingsOf.Text($"config: {{{system}infra:environment: dev, infra:services: {{postgres: {{volume: postgres-18}}{web}}}}}")
        );

        topology.Find("postgres")!.Mounts.OfType<VolumeMount>().Should().ContainSingle().Which.Volume.Name.Should().Be("postgres-18");
    }

    [Fact]
    public async Task Its_user_is_the_databases_and_not_its_containers()
    {
        var usual = await StackFactory.GatherAsync(SettingsOf.Exactly(Set("")));
        var topology = await StackFactory.GatherAsync(SettingsOf.Exactly(Set("user: shop")));

        topology.Find("postgres")!.Endpoint!.User.Should().Be("shop");
        topology.Find("postgres")!.User.Should().Be(usual.Find("postgres")!.User);
    }

    private static string Set(string settings) => "config: {infra:environment: dev, infra:services: {postgres: {" + settings + "}}}";
}
