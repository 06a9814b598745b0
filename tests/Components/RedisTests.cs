using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class RedisTests
{
    [Theory]
    [InlineData("redis", "redis")]
    [InlineData("valkey/valkey", "valkey")]
    [InlineData("ghcr.io/acme/valkey-bundle", "valkey")]
    public void Runs_as_the_user_that_its_image_has(string repository, string user)
        => Redis.Describe("redis", new() { Password = new Secret("pw"), Image = new PinnedImage(repository, "8.1") }).User.Should().Be(user);

    private static readonly RedisArgs Args = new() { Password = new Secret("pw") };

    [Fact]
    public void Never_evicts_a_queue()
        => Configuration(Args with { IsBroker = true }).Should().Contain("maxmemory-policy noeviction\n");

    [Fact]
    public void Forgets_only_what_has_an_expiry_as_a_cache_that_shares_with_results()
        => Configuration(Args).Should().Contain("maxmemory-policy volatile-lru\n");

    [Theory]
    [InlineData(EvictionPolicy.AllKeysLru, "allkeys-lru")]
    [InlineData(EvictionPolicy.NoEviction, "noeviction")]
    public void Evicts_as_it_is_told(EvictionPolicy policy, string written)
        => Configuration(Args with { Eviction = policy }).Should().Contain($"maxmemory-policy {written}\n");

    [Fact]
    public void Keeps_an_append_only_file_on_its_volume()
    {
        Configuration(Args).Should().Contain("appendonly yes\n").And.Contain("dir /data\n");
        Redis.Describe("redis", Args).StatePaths.Should().Equal("/data");
    }

    [Fact]
    public void Shows_its_password_neither_on_its_command_line_nor_in_its_environment()
    {
        var spec = Redis.Describe("redis", Args);

        spec.Command.Should().Equal("redis-server", "/run/secrets/redis.conf");
        spec.Environment.Should().BeEmpty();
        spec.Health!.Test.Should()
            .Equal("sh", "-c", "REDISCLI_AUTH=\"$(cat /tmp/.password 2>/dev/null || cat /run/secrets/pw)\" redis-cli ping | grep -q PONG");
    }

    [Fact]
    public void Has_room_beside_its_data_for_the_fork_that_saves_them()
        => Redis.Describe("redis", Args with { MaxMemory = Size.MiB(100) }).Memory.Should().Be(Size.MiB(200));

    private static string Configuration(RedisArgs args)
        => Redis.Describe("redis", args).Files.Single(file => file.Name == "redis.conf").Content.ToString();

    [Fact]
    public void Runs_the_image_that_it_is_given_without_capabilities()
    {
        Redis.Describe("cache", Args).Image.Should().Be(Images.Redis);
        Redis.Describe("cache", Args).Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        Redis.Describe("cache", Args).ReadOnly.Should().BeTrue();
        Redis.Describe("cache", Args with { Image = new("example/cache", "17.1") }).Image.Should().Be(new PinnedImage("example/cache", "17.1"));
    }

    [Fact]
    public void Is_bounded_as_it_is_told()
    {
        Redis.Describe("cache", Args).Limits().Should().Be(new Limits(Size.MiB(512), null, Cpu.Cores(0.5m), 128));
        Redis.Describe("cache", Args with { Memory = Size.GiB(2), ReservedMemory = Size.GiB(1), Cpus = Cpu.Cores(2) }).Limits()
            .Should().Be(new Limits(Size.GiB(2), Size.GiB(1), Cpu.Cores(2), 128));
    }

    [Fact]
    public void Is_probed_as_patiently_and_is_on_the_networks_as_it_is_told()
    {
        var spec = Redis.Describe("cache", Args with { Timing = ProbeTiming.Seconds(45, 7, 5), Networks = [new Network("data")] });

        spec.Health.Should().BeEquivalentTo(new { Interval = TimeSpan.FromSeconds(45), Timeout = TimeSpan.FromSeconds(7), Retries = 5 });
        spec.NetworkNames().Should().Equal("data");
        Redis.Describe("cache", Args).NetworkNames().Should().Equal("default");
    }

    [Fact]
    public void Its_volume_has_the_name_that_it_is_told()
        => Redis.Describe("cache", Args with { Volume = "kept" }).Mounts.OfType<VolumeMount>().Single().Volume.Should().Be(new Volume("kept"));

    [Fact]
    public void Is_a_cache_unless_it_is_told_to_be_a_broker()
    {
        Redis.Describe("cache", Args).Role.Should().Be(ServiceRole.Cache);
        Redis.Describe("cache", Args with { IsBroker = true }).Role.Should().Be(ServiceRole.Broker);
    }

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        Redis.Describe("cache", Args).Ports.Should().BeEmpty();
        Redis.Describe("cache", Args with { Port = 16379 }).Ports.Should().Equal(new Port(6379, 16379));
    }

    [Theory]
    [InlineData(false, "redis://:<pw>@cache:6379/0")]
    [InlineData(true, "redis://default:<pw>@cache:6379/0")]
    public void Tells_others_where_it_is_and_names_its_user_while_the_password_is_rotated(bool isRotating, string url)
        => Redis.Describe("cache", Args with { IsRotating = isRotating }).Endpoint!.Url().ToString().Should().Be(url);

    [Fact]
    public void Can_be_asked_by_a_write_instead_of_a_ping()
        => Redis.Describe("cache", Args with { Probe = RedisProbe.Incr }).Health!.Test[^1]
            .Should().EndWith("redis-cli --raw incr ping | grep -qE '^[0-9]+$'");

    [Fact]
    public void Reads_its_password_from_files_and_waits_for_nothing()
    {
        Redis.Describe("cache", Args).SecretFiles().Should().Equal("/run/secrets/redis.conf", "/run/secrets/pw");
        Redis.Describe("cache", Args).WaitsFor.Should().BeEmpty();
    }
}
