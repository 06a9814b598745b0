using Infra.Model;
using Infra.Targets.Compose;
using Infra.Tests.Support;

namespace Infra.Tests.Targets.Compose;

public sealed class ComposeSnapshotTests
{
    [Fact]
    public void Development_reads_well() => Matches(Samples.Dev, new ComposeOptions(), "ComposeDev");

    [Fact]
    public void Production_reads_well() => Matches(Samples.Prod, Samples.ProdOptions, "ComposeProd");

    [Fact]
    public void Development_from_debian_packages_reads_well()
        => Matches(Samples.Debian, new ComposeOptions(), "ComposeDebian");

    [Fact]
    public void The_same_topology_gives_the_same_text()
        => ComposeWriter.Write(Samples.Dev, new ComposeOptions()).Should().Be(ComposeWriter.Write(Samples.Dev, new ComposeOptions()));

    private static void Matches(Topology topology, ComposeOptions options, string name)
        => Snapshot.Match(ComposeWriter.Write(topology, options), name, "yaml");
}
