using Infra.Model;
using Infra.Targets;

namespace Infra.Tests.Stacks;

/// <summary>The repository's own stacks on an engine elsewhere.</summary>
public sealed class RemoteStackTests(OwnStacks stacks) : IClassFixture<OwnStacks>
{
    private const string Far = "ssh://deploy@example.org";

    // What an exporter reads of its machine, whichever that is.
    private static readonly string[] HostPaths = ["/", "/proc", "/sys"];

    [Fact]
    public void Production_runs_there()
    {
        RemoteEngine.Mounts(stacks["prod"], Far).Should().BeEmpty();
        stacks["prod"]
            .Services.SelectMany(service => service.Mounts)
            .OfType<BindMount>()
            .Where(mount => !mount.ReadOnly || !HostPaths.Contains(mount.Source))
            .Should()
            .BeEmpty();
    }

    [Fact]
    public void Development_does_not_since_it_mounts_the_code()
        => RemoteEngine.Mounts(stacks["dev"], Far).Select(finding => finding.Where).Should().Equal("web", "worker", "beat");
}
