using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class WorkerTests
{
    private static readonly ServiceSpec Broker = RabbitMq.Describe("rabbitmq", new() { Password = new("pw") });

    private static readonly WorkerArgs Args = new() { Image = Specs.App, App = "shop.celery_app", Needs = [Broker.As("BROKER_URL")] };

    private static readonly ServiceSpec Spec = Worker.Describe("worker", Args);

    [Fact]
    public void Runs_from_the_applications_image_without_capabilities()
    {
        Spec.Image.Should().Be(Specs.App);
        Spec.Role.Should().Be(ServiceRole.Worker);
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        Spec.Command.Should().Equal("celery", "-A", "shop.celery_app", "worker", "--loglevel=info", "--concurrency=2");
    }

    [Fact]
    public void Is_the_first_process_so_that_it_ends_its_tasks_before_it_stops()
    {
        Spec.Command[0].Should().Be("celery");
        Spec.Init.Should().BeFalse();
        Spec.StopGrace.Should().Be(TimeSpan.FromSeconds(60));
        Worker.Describe("worker", Args with { StopGrace = TimeSpan.FromMinutes(10) }).StopGrace.Should().Be(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public void Its_pool_queues_and_name_are_its_options() =>
        Worker
            .Describe("worker", Args with { Concurrency = 100, Pool = "gevent", Queues = ["reports", "sms"], NodeName = "worker@%h" })
            .Command.Should()
            .Equal(
                "celery",
                "-A",
                "shop.celery_app",
                "worker",
                "--loglevel=info",
                "--concurrency=100",
                "--pool=gevent",
                "--queues=reports,sms",
                "--hostname=worker@%h"
            );

    [Fact]
    public void Runs_a_command_of_its_own_instead()
        => Worker.Describe("worker", Args with { Command = ["rq", "worker"] }).Command.Should().Equal("rq", "worker");

    [Fact]
    public void Tells_of_its_tasks_when_somebody_listens()
    {
        Spec.Command.Should().NotContain("--task-events");
        Worker.Describe("worker", Args with { SendsEvents = true }).Command.Should().Contain("--task-events");
    }

    [Fact]
    public void Is_bounded_as_it_is_told()
    {
        Spec.Limits().Should().Be(new Limits(Size.MiB(512), null, Cpu.Cores(1), 256));
        Worker.Describe("worker", Args with { Memory = Size.GiB(1), ReservedMemory = Size.MiB(300), Cpus = Cpu.Cores(2) }).Limits()
            .Should().Be(new Limits(Size.GiB(1), Size.MiB(300), Cpu.Cores(2), 256));
    }

    [Theory]
    [InlineData("prefork", 100, 400)]
    [InlineData("prefork", 8, 256)]
    [InlineData("gevent", 1000, 256)]
    public void May_have_as_many_processes_as_its_tasks_take(string pool, int concurrency, int pids)
        => Worker.Describe("worker", Args with { Pool = pool, Concurrency = concurrency }).Pids.Should().Be(pids);

    [Fact]
    public void Its_probe_reads_the_age_of_a_file_and_starts_no_Python() =>
        Spec.Health!.Test.Should()
            .Equal(
                "sh",
                "-c",
                "at=$(stat -c %Y /tmp/celery-worker-heartbeat) || { echo 'Touch it, or set infra:services.worker.ask: ping.'; exit 1; }; "
                    + "test $(( $(date +%s) - at )) -lt 30"
            );

    [Fact]
    public void A_ping_is_there_for_an_application_without_a_heartbeat_but_seldom()
    {
        var health = Worker.Describe("worker", Args with { Probe = WorkerProbe.Ping }).Health!;

        health.Test[2].Should().Be("celery -A shop.celery_app inspect --timeout 10 ping -d \"celery@$(hostname)\"");
        health.Interval.Should().BeGreaterOrEqualTo(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void A_ping_asks_the_node_and_the_application_that_its_own_command_names()
        => Worker.Describe("worker", Args with { Probe = WorkerProbe.Ping, Command = ["celery", "-A", "mail.app", "worker", "-n", "mail@%h"] })
            .Health!.Test[2].Should().Be("celery -A mail.app inspect --timeout 10 ping -d \"mail@$(hostname)\"");

    [Fact]
    public void A_ping_has_the_secrets_that_are_exported_to_the_worker()
    {
        var worker = Worker.Describe("worker", Args with { Probe = WorkerProbe.Ping, Delivery = SecretDelivery.Export });

        worker.CommandPrefix.Should().NotBeEmpty();
        worker
            .Health!.Test.Should()
            .StartWith(worker.CommandPrefix)
            .And.EndWith([$"celery -A {Args.App} inspect --timeout 10 ping -d \"celery@$(hostname)\""]);
    }

    [Fact]
    public void Is_probed_as_patiently_as_it_is_told()
        => Worker.Describe("worker", Args with { Timing = ProbeTiming.Seconds(45, 7, 5) }).Health.Should()
            .BeEquivalentTo(new { Interval = TimeSpan.FromSeconds(45), Timeout = TimeSpan.FromSeconds(7), Retries = 5 });

    [Fact]
    public void In_an_image_without_a_shell_nothing_asks_for_one()
    {
        var worker = Worker.Describe("worker", Args with { HasShell = false });
        var export = () => Worker.Describe("worker", Args with { HasShell = false, Delivery = SecretDelivery.Export });

        worker.Command.Concat(worker.Health!.Test).Should().NotContain("sh");
        export.Should().Throw<ArgumentException>().WithMessage("'worker' would have its secrets exported by a shell, and its image has none. *");
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
        Worker.Describe("worker", Args with { Networks = [new Network("data")] }).NetworkNames().Should().Equal("data");
        Spec.Endpoint.Should().BeNull();
        Spec.Ports.Should().BeEmpty();
        Spec.Metrics.Should().BeEmpty();
    }

    [Fact]
    public void Keeps_nothing_but_what_it_is_given_a_mount_for()
    {
        var media = new VolumeMount(new Volume("media"), "/media");

        Worker.Describe("worker", Args with { Mounts = [media] }).Mounts.Should().Equal(media, new TmpfsMount("/tmp", Size.MiB(64)));
        Spec.StatePaths.Should().BeEmpty();
    }
}
