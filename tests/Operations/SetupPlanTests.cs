using Infra.Operations.Setup;

namespace Infra.Tests.Operations;

public sealed class SetupPlanTests
{
    private const string Install = "DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends ";

    [Theory]
    [InlineData("debian", "13", "docker.io docker-cli docker-compose docker-buildx iptables")]
    [InlineData("debian", "", "docker.io docker-cli docker-compose docker-buildx iptables")]
    [InlineData("ubuntu", "24.04", "docker.io docker-compose-v2 docker-buildx iptables")]
    public void A_system_with_a_new_engine_installs_its_own_packages(string id, string version, string packages)
        => Commands(id, version).Should().Equal("apt-get update -q", Install + packages);

    [Fact]
    public void Debian_12_takes_the_engine_from_a_newer_suite_and_upgrades_nothing_else()
    {
        var commands = Commands("debian", "12");

        commands.Should().HaveCount(4);
        commands[0]
            .Should()
            .StartWith("mirror=$(cat /etc/apt/sources.list ")
            .And.EndWith(" > /etc/apt/sources.list.d/infra-forky.sources")
            .And.Contain("Suites: forky\\n");
        commands[1].Should().Be("printf 'Package: *\\nPin: release n=forky\\nPin-Priority: 50\\n' > /etc/apt/preferences.d/infra-forky");
        commands[2].Should().Be("apt-get update -q");
        commands[3].Should().Be(Install + "docker.io/forky docker-cli/forky docker-compose/forky docker-buildx/forky iptables");
    }

    [Theory]
    [InlineData("fedora", "42")]
    [InlineData("arch", "")]
    public void Elsewhere_there_is_no_plan(string id, string version)
        => SetupPlan.For(Release(id, version), hasMirrorMaker: true, needsEngine: true).Should().BeNull();

    [Fact]
    public void Only_what_is_missing_is_installed()
        => SetupPlan.For(Release("debian", "13"), hasMirrorMaker: false, needsEngine: false)!.Steps.Select(step => step.Command)
            .Should().Equal("apt-get update -q", Install + "mmdebstrap debian-archive-keyring");

    [Fact]
    public void The_release_is_read_without_its_quotes()
        => SetupPlan.ReadRelease(["PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"", "ID=debian", "VERSION_ID=\"12\"", "", "# comment"]).Should()
            .Equal(new Dictionary<string, string> { ["PRETTY_NAME"] = "Debian GNU/Linux 12 (bookworm)", ["ID"] = "debian", ["VERSION_ID"] = "12" });

    private static string[] Commands(string id, string version)
        => [.. SetupPlan.For(Release(id, version), hasMirrorMaker: true, needsEngine: true)!.Steps.Select(step => step.Command)];

    private static Dictionary<string, string> Release(string id, string version) => new() { ["ID"] = id, ["VERSION_ID"] = version };
}
