using System.Collections.Immutable;
using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Tests.Components;

public sealed class CeleryTests
{
    private static readonly BuiltImage App = new("app", "app");
    private static readonly WorkerArgs WorkerArgs = new() { Image = App, App = "shop.celery_app" };

    [Fact]
    public void A_worker_that_gets_its_secrets_exported_is_asked_with_them_too()
    {
        var worker = Worker.Describe("worker", WorkerArgs with
        {
            Probe = WorkerProbe.Ping,
            Secrets = ImmutableSortedDictionary<string, Secret>.Empty.Add("STRIPE_KEY", new Secret("stripe-key")),
            Delivery = SecretDelivery.Export,
        });

        worker.CommandPrefix.Should().NotBeEmpty();
        worker
            .Health!.Test.Should()
            .StartWith(worker.CommandPrefix)
            .And.EndWith([$"celery -A {WorkerArgs.App} inspect --timeout 10 ping -d \"celery@$(hostname)\""]);
    }

    [Fact]
    public void A_worker_is_the_first_process_so_that_it_ends_its_tasks_before_it_stops()
    {
        var worker = Worker.Describe("worker", WorkerArgs);

        worker.Command[0].Should().Be("celery");
        worker.StopGrace.Should().Be(TimeSpan.FromSeconds(60));
        worker.Init.Should().BeFalse();
    }

    [Fact]
    public void A_workers_pool_queues_and_name_are_its_options() =>
        Worker
            .Describe("worker", WorkerArgs with { Concurrency = 100, Pool = "gevent", Queues = ["reports", "sms"], NodeName = "worker@%h" })
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
    public void In_an_image_without_a_shell_nothing_asks_for_one()
    {
        foreach (
            var service in new[]
            {
                Worker.Describe("worker", WorkerArgs with { HasShell = false }),
                Beat.Describe(
                    "beat",
                    new()
                    {
                        Image = App,
                        App = "shop.celery_app",
                        HasShell = false,
                    }
                ),
            }
        )
            service.Command.Concat(service.Health!.Test).Should().NotContain("sh");
        var export = () => Worker.Describe("worker", WorkerArgs with { HasShell = false, Delivery = SecretDelivery.Export });
        export.Should().Throw<ArgumentException>().WithMessage("'worker' would have its secrets exported by a shell, and its image has none. *");
    }

    [Fact]
    public void A_workers_probe_reads_the_age_of_a_file_and_starts_no_Python() =>
        Worker
            .Describe("worker", WorkerArgs)
            .Health!.Test.Should()
            .Equal(
                "sh",
                "-c",
                "at=$(stat -c %Y /tmp/celery-worker-heartbeat) || { echo 'Touch it, or set infra:worker.probe: ping.'; "
                    + "exit 1; }; test $(( $(date +%s) - at )) -lt 30"
            );

    [Fact]
    public void A_ping_is_there_for_an_application_without_a_heartbeat_but_seldom()
    {
        var health = Worker.Describe("worker", WorkerArgs with { Probe = WorkerProbe.Ping }).Health!;

        health.Test[2].Should().Be("celery -A shop.celery_app inspect --timeout 10 ping -d \"celery@$(hostname)\"");
        health.Interval.Should().BeGreaterOrEqualTo(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Beat_keeps_its_schedule_on_a_volume_and_no_pid_file()
    {
        var beat = Beat.Describe("beat", new BeatArgs { Image = App, App = "shop.celery_app" });

        beat.Command.Should()
            .Equal("celery", "-A", "shop.celery_app", "beat", "--loglevel=info", "--schedule=/var/lib/celery/beat/schedule", "--pidfile=");
        beat.Mounts.OfType<VolumeMount>()
            .Should()
            .Equal(new VolumeMount(new Volume("beat") { LeftOut = "the schedule is created again from the code" }, "/var/lib/celery/beat"));
        beat.StatePaths.Should().Equal("/var/lib/celery/beat");
    }

    [Fact]
    public void Flower_runs_from_the_applications_image_on_loopback()
    {
        var flower = Flower.Describe("flower", new FlowerArgs { Image = App, App = "shop.celery_app", Port = 5555 });

        flower.Image.Should().Be(App);
        flower.Command.Should().Equal("celery", "-A", "shop.celery_app", "flower", "--port=5555");
        flower.Ports.Should().Equal(new Port(5555, 5555));
        flower.Health!.Test.Last().Should().Contain("5555").And.Contain("/healthcheck");
    }
}
