using Infra.Model;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks;

/// <summary>Volumes of the engine that take the place of the stack's own.</summary>
public sealed class ExistingVolumesTests
{
    private const string Top = "config:\n  infra:environment: dev\n";

    [Fact]
    public async Task Whoever_mounts_the_volume_has_the_existing_one()
    {
        var topology = await GatherAsync("{ postgres: shop_pgdata, media: Shop.Media_1 }");

        topology.Volumes.Where(volume => volume.Existing is not null).Select(volume => (volume.Name, topology.Naming.Volume(volume)))
            .Should().Equal(("media", "Shop.Media_1"), ("postgres", "shop_pgdata"));
        topology.Services.SelectMany(service => service.Mounts).OfType<VolumeMount>().Where(mount => mount.Volume.Name == "media")
            .Should().HaveCountGreaterThan(1).And.OnlyContain(mount => mount.Volume.Existing == "Shop.Media_1");
    }

    [Theory]
    [InlineData("{ postgres: ./data }", "./data")]
    [InlineData("{ postgres: /srv/data }", "/srv/data")]
    [InlineData("{ postgres: -x }", "-x")]
    [InlineData("{ postgres: a }", "a")]
    public void A_name_that_no_engine_has_is_told(string map, string name) => SettingsOf.Problems($"{Top}  infra:volumes: {map}\n").Should().Be(
        $"Pulumi.dev.yaml:3:20 infra:volumes.postgres: '{name}' is not a name that a volume can have on an engine. "
        + "Write it as 'docker volume ls' shows it: letters, digits, '_', '.' and '-', with a letter or digit first.");

    [Fact]
    public void Two_cannot_have_one() => SettingsOf.Problems($"{Top}  infra:volumes:\n    postgres: old\n    redis: old\n").Should().Be(
        "Pulumi.dev.yaml:5:5 infra:volumes.redis: The volume 'old' takes the place of several: 'postgres', 'redis'. Name one for each.");

    [Theory]
    [InlineData("{ postgers: old }", "infra:volumes.postgers: No service mounts a volume of this name. Did you mean 'postgres'?")]
    [InlineData("{ uploads: old }", "infra:volumes.uploads: No service mounts a volume of this name. "
        + "Volumes: beat, media, postgres, rabbitmq, redis.")]
    [InlineData("{ postgres: shop-dev-redis }", "infra:volumes.postgres: 'shop-dev-redis' is the stack's own volume 'redis'. "
        + "Name another one, or drop the line.")]
    public async Task What_no_service_mounts_and_what_another_service_has_is_an_error(string map, string sentence)
    {
        var settings = SettingsOf.Text(Text(map));

        StackFactory.Review(settings, await StackFactory.GatherAsync(settings)).Should().ContainSingle(finding => finding.Severity == Severity.Error)
            .Which.Sentence.Should().Be(sentence);
    }

    [Fact]
    public async Task Whatever_takes_each_others_place_is_no_clash()
    {
        var settings = SettingsOf.Text(Text("{ postgres: shop-dev-redis, redis: other }"));

        StackFactory.Review(settings, await StackFactory.GatherAsync(settings)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_node_of_RabbitMQ_keeps_the_host_that_its_data_carry()
    {
        var topology = await StackFactory.GatherAsync(SettingsOf.Text($"{Top}  infra:services: {{ rabbitmq: {{ hostname: mq }} }}\n"));

        topology.Find("rabbitmq")!.Hostname.Should().Be("mq");
        topology.Find("rabbitmq")!.Endpoint!.Host.Should().Be("rabbitmq");
        SettingsOf.Problems($"{Top}  infra:services: {{ rabbitmq: {{ hostname: mq.example.org }} }}\n").Should()
            .EndWith("hostname: 'mq.example.org' is not the name of a node's host. Write letters, digits, and '-' and '_' between them, 63 at most.");
    }

    private static string Text(string map) => $"{Top}  infra:app: {{ volumes: {{ media: /app/media }} }}\n  infra:volumes: {map}\n";

    private static Task<Topology> GatherAsync(string map) => StackFactory.GatherAsync(SettingsOf.Text(Text(map)));
}
