using Infra.Tests.Support;

namespace Infra.Tests.Operations;

/// <summary>Several containers of one service are ill, and cured, each by itself.</summary>
public sealed class HealReplicasTests : HealTest
{
    [Fact]
    public async Task Each_that_is_ill_is_restarted_alone_and_has_attempts_of_its_own()
    {
        Engine
            .Running(
                FakeContainers.Replica("web", 1, "unhealthy"),
                FakeContainers.Replica("web", 2),
                FakeContainers.Replica("web", 3, "unhealthy"),
                FakeContainers.Container("postgres")
            )
            .On("docker restart");

        (await Healer(most: 2).OnceAsync(default)).Should().BeFalse();

        Engine.Changes.Should().BeEquivalentTo(
            "docker restart -t 10 id-web-1", "docker restart -t 10 id-web-1", "docker restart -t 10 id-web-3", "docker restart -t 10 id-web-3");
        Lines
            .Where(line => line["action"]!.ToString() == "give-up")
            .Select(line => line["service"]!.ToString())
            .Should()
            .BeEquivalentTo("web.1", "web.3");
    }
}
