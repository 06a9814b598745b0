using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Stacks;
using Infra.Tests.Support;

namespace Infra.Tests.Stacks.Services;

public sealed class ValkeyTests
{
    private const string Text = """
        config:
          infra:environment: dev
          infra:monitoring: {enabled: true}
          infra:app: {environment: {CACHE_URL: "{valkey.url/1}"}}
          infra:services:
            valkey: {maxMemory: 64MiB, broker: false}
            web: {command: serve}

        """;

    [Fact]
    public async Task Runs_as_Redis_does_with_its_own_image_user_volume_and_password()
    {
        var spec = (await StackFactory.GatherAsync(SettingsOf.Exactly(Text))).Find("valkey")!;

        spec.Image.Should().Be(Images.Valkey);
        spec.Should().BeEquivalentTo(new { Kind = Redis.Kind, User = "valkey", Role = ServiceRole.Cache, Memory = Size.MiB(128) });
        spec.Mounts.OfType<VolumeMount>().Should().Equal(new VolumeMount(new Volume("valkey"), "/data"));
        spec.Backup!.File.Should().Be("valkey.rdb");
        spec.PasswordChange!.Secret.Should().Be(new Secret("valkey-password"));
    }

    [Fact]
    public async Task Is_watched_by_Redis_exporter_and_led_to_by_Redis_scheme()
    {
        var stack = await StackFactory.GatherAsync(SettingsOf.Exactly(Text));

        stack.Find("valkey-exporter")!.Kind.Should().Be(RedisExporter.Kind);
        stack.Find("web")!.Files.Single(file => file.Name == "cache-url").Content.ToString().Should().Be("redis://:<valkey-password>@valkey:6379/1");
        stack.Find("web")!.WaitsFor.Should().Equal(new Wait("valkey"));
    }

    [Fact]
    public void Queues_tasks_where_there_is_no_RabbitMQ()
        => SettingsOf.Exactly(Text.Replace(", broker: false", "", StringComparison.Ordinal)).Args<RedisArgs>("valkey").IsBroker.Should().BeTrue();
}
