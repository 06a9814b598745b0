using Infra.Model;
using Infra.Targets.Compose;

namespace Infra.Tests.Targets.Compose;

public sealed class ComposeTargetTests
{
    private static readonly WatchRule Sync = new(WatchAction.Sync, "app/src") { Target = "/app/src" };
    private static readonly WatchRule Rebuild = new(WatchAction.Rebuild, "app/uv.lock");

    [Fact]
    public void Sync_into_a_read_only_root_is_refused() =>
        Review(Samples.Plain with { ReadOnly = true, Watch = [Sync] })
            .Should()
            .Equal(
                "error TARGET-COMPOSE web: Compose cannot sync files into a read-only root file system. "
                    + "Mount the folder, or let the root be written to in development."
            );

    [Fact]
    public void Sync_to_nowhere_is_refused()
        => Review(Samples.Plain with { Watch = [Sync with { Target = null }] }).Should().Equal(
            "error TARGET-COMPOSE web: The sync of 'app/src' does not say where to. Give the rule a target.");

    [Fact]
    public void Rebuilding_is_left_to_the_service_that_builds()
    {
        var web = Samples.Plain with { Image = new BuiltImage("app", "app"), Watch = [Rebuild] };

        var findings = Review(web, web with { Name = "worker" }, web with { Name = "beat" });

        findings.Should().Equal("warning TARGET-COMPOSE worker, beat: Compose watch replaces only 'web' after a rebuild, "
            + "which builds the image for all. Bring the stack up again after a change of dependencies.");
    }

    [Fact]
    public void The_service_that_watch_rebuilds_is_the_one_that_builds()
    {
        var web = Samples.Plain with { Image = new BuiltImage("app", "app"), Watch = [Rebuild] };
        var topology = Samples.Only(web with { Name = "migrations", Watch = [] }, web);

        ComposeTarget.Review(topology).Should().BeEmpty();
        ComposeWriter.Write(topology, new ComposeOptions()).Should().Contain("action: rebuild");
    }

    [Fact]
    public void Rebuilding_a_published_image_is_waived()
        => Review(Samples.Plain with { Watch = [Rebuild] }).Should().Equal(
            "warning TARGET-COMPOSE web: Compose watch rebuilds nothing here: shop:1 is not built in this stack. Drop the rule.");

    [Fact]
    public void Reserved_processor_time_is_waived() =>
        Review(Samples.Plain with { ReservedCpus = Cpu.Cores(0.5m) })
            .Should()
            .Equal(
                "warning TARGET-COMPOSE web: Compose sets aside no processor time (0.5 asked for); only a scheduler does. "
                    + "Rely on the limits of the others, or deploy to a swarm."
            );

    [Fact]
    public void A_volume_without_state_is_kept_and_said_so() =>
        Review(Samples.Plain with { Mounts = [new VolumeMount(new Volume("cache", HoldsState: false), "/cache")] })
            .Should()
            .Equal(
                "warning TARGET-COMPOSE cache: Compose keeps this volume on down, although it holds no state. "
                    + "Remove it by hand where its space matters."
            );

    [Fact]
    public void A_name_that_Compose_does_not_take_is_refused() =>
        ComposeTarget
            .Review(Samples.Only(Samples.Plain) with { Naming = new Naming("shop", "Alice") })
            .Select(finding => finding.ToString())
            .Should()
            .Equal(
                "error TARGET-COMPOSE shop-Alice: Compose accepts no project of this name: lower-case letters, digits, "
                    + "'-' and '_' only, with a letter or digit first. Rename the stack's settings file, or the project in Pulumi.yaml."
            );

    [Fact]
    public void Production_is_carried_whole() => ComposeTarget.Review(Samples.Prod).Should().BeEmpty();

    private static IEnumerable<string> Review(params ServiceSpec[] services)
        => ComposeTarget.Review(Samples.Only(services)).Select(finding => finding.ToString());
}
