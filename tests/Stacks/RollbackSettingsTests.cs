using Infra.Model;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Stacks;
using Infra.Stacks.Composition;
using Infra.Stacks.Configuration;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>What <c>infra:app.rollback</c> makes of a stack, under either engine.</summary>
public sealed class RollbackSettingsTests
{
    private const string Digest = "ghcr.io/acme/shop@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData(ImageSource.Registry)]
    [InlineData(ImageSource.Debian)]
    public async Task What_runs_the_applications_image_runs_the_earlier_one_and_steps_keep_theirs(ImageSource images)
    {
        var topology = await StackFactory.GatherAsync(Settings("context: app"), images);

        foreach (var service in new[] { "web", "worker", "beat" }) topology.Find(service)!.Image.Should().Be(PinnedImage.Parse(Digest), service);
        topology.Find("migrations")!.Image.Should().BeOfType<BuiltImage>().Which.Name.Should().Be("app");
        foreach (var other in new[] { "postgres", "own" }) topology.Find(other)?.Image.Should().NotBe(PinnedImage.Parse(Digest), other);
    }

    [Fact]
    public async Task A_container_of_ones_own_is_no_part_of_a_release_though_it_is_built_here()
    {
        var settings = Settings("context: app");
        var topology = await StackFactory.GatherAsync(settings);

        topology.Find("own")!.Image.Should().BeOfType<BuiltImage>();
        topology.Services.Where(service => ApplicationImages.NameOf(service, settings) == "app").Select(service => service.Name)
            .Should().BeEquivalentTo("web", "worker", "beat", "migrations", "celery-metrics");
    }

    [Fact]
    public async Task A_published_image_goes_back_the_same_way_and_no_rule_minds_the_steps_other_version()
    {
        var settings = Settings("image: ghcr.io/acme/shop:1.4.0");
        var topology = await StackFactory.GatherAsync(settings);

        topology.Find("web")!.Image.Should().Be(PinnedImage.Parse(Digest));
        topology.Find("migrations")!.Image.Should().Be(new PinnedImage("ghcr.io/acme/shop", "1.4.0"));
        var source = SettingsOf.Source("config: {}", "prod");
        StackReview.Find(new ReviewedStack(new Workspace("/srv/shop"), settings, source, topology), ReviewPoints.BadSettings)
            .Where(finding => finding.Severity == Severity.Error && finding.Rule is "SHARED-IMAGE" or "PINNED-IMAGE").Should().BeEmpty();
    }

    [Fact]
    public void Where_code_runs_from_its_folder_there_is_nothing_to_go_back_to() =>
        SettingsOf
            .Problems("config:\n  infra:environment: dev\n  infra:system: mikrom\n  infra:app:\n    celery: shop\n    releases: 3\n")
            .Should()
            .Be("Pulumi.dev.yaml:6:5 infra:app.releases: Development runs the code of its folder, whatever its image has, "
                + "so this would change nothing. Drop it, or keep it for prod.");

    private static Settings Settings(string app) =>
        SettingsOf.Text(
            $$"""
            config:
              infra:environment: prod
              infra:app: { celery: shop, {{app}}, rollback: "{{Digest}}" }
              infra:services:
                migrations: { kind: step, command: migrate }
                own: { kind: container, build: { context: tools }, probe: { tcp: 80 } }

            """,
            "prod"
        );
}
