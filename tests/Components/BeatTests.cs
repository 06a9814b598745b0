using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class BeatTests
{
    private static readonly ServiceSpec Broker = RabbitMq.Describe("rabbitmq", new() { Password = new("pw") });

    private static readonly BeatArgs Args = new() { Image = Specs.App, App = "shop.celery_app", Needs = [Broker.As("BROKER_URL")] };

    private static readonly ServiceSpec Spec = Beat.Describe("beat", Args);

    [Fact]
    public void Runs_from_the_applications_image_without_capabilities()
    {
        Spec.Image.Should().Be(Specs.App);
        Spec.Role.Should().Be(ServiceRole.Beat);
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
    }

    [Fact]
    public void Writes_no_pid_file_which_would_keep_the_next_one_from_starting() =>
        Spec.Command.Should()
            .Equal("celery", "-A", "shop.celery_app", "beat", "--loglevel=info", "--schedule=/var/lib/celery/beat/schedule", "--pidfile=");

    [Fact]
    public void Runs_a_command_of_its_own_instead()
        => Beat.Describe("beat", Args with { Command = ["celery", "beat"] }).Command.Should().Equal("celery", "beat");

    [Theory]
    [InlineData(null, "beat")]
    [InlineData("kept", "kept")]
    public void Keeps_its_schedule_on_a_volume(string? given, string volume)
    {
        var beat = Beat.Describe("beat", Args with { Volume = given });

        beat.Mounts.OfType<VolumeMount>()
            .Should()
            .Equal(new VolumeMount(new Volume(volume) { LeftOut = "the schedule is created again from the code" }, "/var/lib/celery/beat"));
        beat.StatePaths.Should().Equal("/var/lib/celery/beat");
    }

    [Theory]
    [InlineData("/tmp/schedule", false)]
    [InlineData("/srv/beat/schedule", true)]
    public void Its_schedule_is_kept_unless_it_lies_in_tmp(string schedule, bool isKept)
    {
        var beat = Beat.Describe("beat", Args with { Schedule = schedule, Volume = "kept" });

        beat.Command.Should().Contain($"--schedule={schedule}");
        beat.Mounts.OfType<VolumeMount>().Select(mount => mount.Volume.Name).Should().Equal(isKept ? ["kept"] : []);
        beat.StatePaths.Should().Equal(isKept ? ["/srv/beat"] : []);
    }

    [Fact]
    public void Its_volume_is_beside_the_mounts_that_it_is_given()
    {
        var media = new VolumeMount(new Volume("media"), "/media");

        Beat.Describe("beat", Args with { Mounts = [media] }).Mounts.Select(mount => mount.Target)
            .Should().Equal("/media", "/tmp", "/var/lib/celery/beat");
    }

    [Fact]
    public void Is_bounded_as_it_is_told()
    {
        Spec.Limits().Should().Be(new Limits(Size.MiB(512), null, Cpu.Cores(1), 256));
        Beat.Describe("beat", Args with { Memory = Size.MiB(128), ReservedMemory = Size.MiB(64), Cpus = Cpu.Cores(0.25m) }).Limits()
            .Should().Be(new Limits(Size.MiB(128), Size.MiB(64), Cpu.Cores(0.25m), 256));
    }

    [Fact]
    public void Is_healthy_while_it_touches_its_file()
    {
        Spec.Health!.Test[^1].Should().Contain("stat -c %Y /tmp/celery-beat-heartbeat")
            .And.Contain("infra:services.beat.ask: schedule").And.EndWith("-lt 30");
        Spec.Health.Retries.Should().Be(1);
    }

    [Fact]
    public void Its_schedule_can_stand_for_its_heartbeat()
    {
        var args = Args with { Probe = BeatProbe.Schedule, Schedule = "/srv/beat/schedule" };

        Beat.Describe("beat", args).Health!.Test.Should().Equal("test", "-f", "/srv/beat/schedule");
        Beat.Describe("beat", args with { HasShell = false }).Health!.Test[^1].Should().Contain("os.path.isfile('/srv/beat/schedule')");
    }

    [Fact]
    public void Is_probed_as_patiently_as_it_is_told()
        => Beat.Describe("beat", Args with { Timing = ProbeTiming.Seconds(45, 7, 5) }).Health.Should()
            .BeEquivalentTo(new { Interval = TimeSpan.FromSeconds(45), Timeout = TimeSpan.FromSeconds(7), Retries = 5 });

    [Fact]
    public void In_an_image_without_a_shell_nothing_asks_for_one()
    {
        var beat = Beat.Describe("beat", Args with { HasShell = false });

        beat.Command.Concat(beat.Health!.Test).Should().NotContain("sh");
    }

    [Fact]
    public void Waits_for_its_broker_and_finds_its_address_in_a_file()
    {
        Spec.WaitsFor.Should().Equal(new Wait("rabbitmq"));
        Spec.Variable("BROKER_URL_FILE").Should().Be("/run/secrets/broker-url");
        Spec.SecretFiles().Should().Equal("/run/secrets/broker-url");
    }

    [Fact]
    public void Is_on_the_networks_that_it_is_told_and_offers_nothing_there()
    {
        Beat.Describe("beat", Args with { Networks = [new Network("data")] }).NetworkNames().Should().Equal("data");
        Spec.Endpoint.Should().BeNull();
        Spec.Ports.Should().BeEmpty();
    }

    [Fact]
    public void Is_never_there_twice_even_while_it_is_replaced() => Spec.Replacement.Should().Be(Replacement.StopFirst);
}
