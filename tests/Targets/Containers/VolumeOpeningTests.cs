using System.Collections.Immutable;
using Infra.Components;
using Infra.Model;
using Infra.Tests.Support;
using static Infra.Tests.Targets.Containers.Host;

namespace Infra.Tests.Targets.Containers;

/// <summary>An engine gives a fresh volume to root: any other user that writes there must be let in first.</summary>
public sealed class VolumeOpeningTests
{
    private static readonly ServiceSpec Web = Writer("web", "uploads");

    [Fact]
    public async Task A_container_of_the_services_image_opens_its_volume_and_ends_before_the_service_starts()
    {
        var run = await RunAsync(Web);

        var opener = run.Container("web-volumes");
        ((ImmutableArray<object>)opener["entrypoints"]).Should().Equal("open");
        ((ImmutableArray<object>)opener["command"]).Should().Equal("--volumes", "/uploads");
        opener.Maps("volumes").Single()["containerPath"].Should().Be("/uploads");
        (opener["image"], opener["attach"], opener["mustRun"], opener["restart"]).Should().Be((run.Container("web")["image"], true, false, "no"));
        (await run.Container("web").DependsOnAsync()).Should().Contain("web-volumes");
    }

    [Fact]
    public async Task It_is_roots_and_may_do_nothing_that_an_owner_may_not()
    {
        var opener = (await RunAsync(Web)).Container("web-volumes");

        (opener["user"], opener["networkMode"], opener["readOnly"]).Should().Be(("0:0", "none", true));
        ((ImmutableDictionary<string, object>)opener["capabilities"])["drops"].Should().BeEquivalentTo(new[] { "ALL" });
    }

    [Fact]
    public async Task A_volume_of_several_services_is_opened_once_and_each_waits_for_it()
    {
        var run = await RunAsync(Web, Writer("worker", "uploads"), Writer("beat", "uploads", "beat"));

        run.Containers.Select(container => container.Name)
            .Where(name => name.EndsWith("-volumes", StringComparison.Ordinal))
            .Should()
            .BeEquivalentTo("web-volumes", "beat-volumes");
        (await run.Container("worker").DependsOnAsync()).Should().Contain("web-volumes");
        (await run.Container("beat").DependsOnAsync()).Should().Contain(["web-volumes", "beat-volumes"]);
    }

    [Theory]
    [InlineData(true, "sh")]
    [InlineData(false, "python3")]
    public void Each_service_of_the_application_has_an_opener_for_its_image(bool hasShell, string program) =>
        Beat.Describe(
                "beat",
                new()
                {
                    Image = new PinnedImage("acme/shop", "1"),
                    App = "shop",
                    HasShell = hasShell,
                }
            )
            .VolumeOpener[0]
            .Should()
            .Be(program);

    private static ServiceSpec Writer(string name, params string[] volumes) => AnyService.Named(name) with
    {
        VolumeOpener = ["open", "--volumes"],
        Mounts = [.. volumes.Select(volume => new VolumeMount(new Volume(volume), "/" + volume))],
    };
}
