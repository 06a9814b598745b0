using Infra.Components;
using Infra.Model;

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
}
