using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Offline;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class RabbitMqTests
{
    [Fact]
    public void Permits_the_transient_queues_that_Celery_declares()
        => RabbitMq.Describe("rabbitmq", new() { Password = new Secret("pw") }).Files.Single(file => file.Name == "rabbitmq.conf").Content.ToString()
            .Should().Contain("deprecated_features.permit.transient_nonexcl_queues = true\n");

    [Theory]
    [InlineData("3.8-management-alpine", false)]
    [InlineData("3.11.0", false)]
    [InlineData("3.13.7-alpine", true)]
    [InlineData("4.2.9-management-alpine", true)]
    [InlineData("stable", true)]
    public void A_server_is_told_only_what_its_version_knows(string tag, bool knows)
    {
        var spec = RabbitMq.Describe("rabbitmq", new() { Password = new("pw"), Image = new PinnedImage("rabbitmq", tag) });

        $"{spec.Files.Single(file => file.Name == "rabbitmq.conf").Content}"
            .Contains("deprecated_features", StringComparison.Ordinal)
            .Should()
            .Be(knows);
    }

    private static readonly RabbitMqArgs Args = new() { Password = new Secret("pw") };

    [Fact]
    public void Has_a_fixed_host_name_because_its_data_carry_the_nodes_name()
        => RabbitMq.Describe("rabbit", Args).Hostname.Should().Be("rabbit");

    [Fact]
    public void Slows_publishers_down_before_its_memory_limit() =>
        File(Args with { Memory = Size.MiB(1000) }, "rabbitmq.conf").Should().Contain($"vm_memory_high_watermark.absolute = {Size.MiB(600).Bytes}\n");

    [Fact]
    public void Lets_a_task_stay_unacknowledged_as_long_as_it_is_told()
        => File(Args with { ConsumerTimeout = TimeSpan.FromHours(2) }, "rabbitmq.conf").Should().Contain("consumer_timeout = 7200000\n");

    [Fact]
    public void Keeps_its_queues_on_a_volume()
        => RabbitMq.Describe("rabbit", Args).Mounts.OfType<VolumeMount>().Should().Equal(new VolumeMount(new Volume("rabbit"), "/var/lib/rabbitmq"));

    [Fact]
    public void Bounds_the_files_that_its_server_and_its_tools_may_open_where_the_engine_lets_it()
    {
        RabbitMq.Describe("rabbit", Args).Environment["RABBITMQ_CONF_ENV_FILE"].ToString().Should().Be("/run/configs/rabbitmq-env.conf");
        File(Args, "rabbitmq-env.conf").Should().Contain("\nulimit -n 65536 2>/dev/null || true\n");
    }

    [UnixFact]
    public async Task Boots_without_the_plugins_that_nothing_enables_and_with_every_other()
    {
        using var root = new TemporaryRoot();
        foreach (
            var plugin in new[]
            {
                "rabbit-4.1.4",
                "rabbitmq_prometheus-4.1.4",
                "rabbitmq_management-4.1.4",
                "rabbitmq_mqtt-4.1.4",
                "rabbitmq_auth_backend_ldap-4.1.4",
                "rabbitmq_some_day-5.0.0",
            }
        )
            Directory.CreateDirectory(Path.Combine(root.Path, "home", "plugins", plugin));
        var script = File(Args, "rabbitmq-env.conf").Replace("/tmp/plugins", $"{root.Path}/plugins", StringComparison.Ordinal);

        // Twice, as the server's own start does; and as strictly as it does.
        var result = await Command.RunAsync(
            "sh",
            ["-ec", $"{script}\n{script}\necho $PLUGINS_DIR; ls $PLUGINS_DIR"],
            new Dictionary<string, string?> { ["RABBITMQ_HOME"] = $"{root.Path}/home" }
        );

        result.Output.Should()
            .Be(
                $"{root.Path}/plugins\nrabbit-4.1.4\nrabbitmq_management-4.1.4\nrabbitmq_prometheus-4.1.4\nrabbitmq_some_day-5.0.0\n",
                result.ToString()
            );
    }

    // What rabbitmqctl printed of a node whose disk had been full, and of a healthy one.
    [UnixTheory]
    [InlineData(
        "[<<\"celery@f6a65b79fd75.celery.pidbox\">>,\n <<\"celeryev.3d84c4ec-fce2-458e-b4d1-9370b9b9a598\">>]",
        0,
        1,
        "Bound, but not running: celery@f6a65b79fd75.celery.pidbox,celeryev.3d84c4ec-fce2-458e-b4d1-9370b9b9a598. "
            + "Restart it: nothing else removes them.\n"
    )]
    [InlineData("[]", 0, 0, "")]
    [InlineData("", 69, 1, "")]
    public async Task Is_not_well_while_queues_are_bound_that_do_not_run(string answer, int code, int expected, string said)
    {
        using var root = new TemporaryRoot();
        var asked = Path.Combine(root.Path, "asked");
        var script = $"rabbitmqctl() {{ printf '%s\n' \"$ANSWER\"; return {code}; }}\n" + File(Args, "rabbitmq-queues.sh");

        var result = await Command.RunAsync(
            "bash",
            ["-c", script, "rabbitmq-queues.sh", asked],
            new Dictionary<string, string?> { ["ANSWER"] = answer }
        );

        result.Output.Should().Be(said, result.ToString());
        result.ExitCode.Should().Be(expected);
        System.IO.File.Exists(asked).Should().Be(expected == 0);
    }

    [UnixTheory]
    [InlineData(null, "")]
    [InlineData(1, "ping\n")]
    [InlineData(3, "queues\n")]
    public async Task Asks_for_the_queues_every_other_minute_and_else_whether_it_answers(int? minutesAgo, string expected)
    {
        using var root = new TemporaryRoot();
        var asked = Path.Combine(root.Path, "asked");
        if (minutesAgo is { } minutes)
        {
            await System.IO.File.WriteAllTextAsync(asked, "");
            System.IO.File.SetLastWriteTimeUtc(asked, DateTime.UtcNow.AddMinutes(-minutes));
        }

        var probe = RabbitMq.Describe("rabbit", Args).Health!.Test[^1].ToString()
            .Replace("exec 3<>/dev/tcp/127.0.0.1/5672 || exit 1; ", "", StringComparison.Ordinal)
            .Replace("exec bash /run/configs/rabbitmq-queues.sh /tmp/asked", "{ echo queues; exit; }", StringComparison.Ordinal)
            .Replace("/tmp/asked", asked, StringComparison.Ordinal);

        var result = await Command.RunAsync("bash", ["-c", $"rabbitmq-diagnostics() {{ echo ping; }}\n{probe}"], new Dictionary<string, string?>());

        result.Output.Should().Be(expected, result.ToString());
        System.IO.File.Exists(asked).Should().BeTrue();
    }

    [Fact]
    public void Shows_its_pages_only_when_asked()
    {
        File(Args, "enabled_plugins").Should().NotContain("rabbitmq_management");
        File(Args with { ManagementPort = 15672 }, "enabled_plugins").Should().Contain("rabbitmq_management");
        RabbitMq.Describe("rabbit", Args with { ManagementPort = 15672 }).Ports.Should().Equal(new Port(15672, 15672) { Scheme = "http" });
    }

    [Fact]
    public void Tells_others_where_it_is()
        => RabbitMq.Describe("rabbit", Args).Endpoint!.Url().ToString().Should().Be("amqp://app:<pw>@rabbit:5672//");

    private static string File(RabbitMqArgs args, string name)
        => RabbitMq.Describe("rabbit", args).Files.Single(file => file.Name == name).Content.ToString();

    [Fact]
    public void Runs_the_image_that_it_is_given_without_capabilities()
    {
        RabbitMq.Describe("rabbit", Args).Image.Should().Be(Images.RabbitMq);
        RabbitMq.Describe("rabbit", Args).Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        RabbitMq.Describe("rabbit", Args).ReadOnly.Should().BeTrue();
        RabbitMq.Describe("rabbit", Args with { Image = new("example/rabbit", "17.1") }).Image.Should().Be(new PinnedImage("example/rabbit", "17.1"));
    }

    [Fact]
    public void Is_bounded_as_it_is_told()
    {
        RabbitMq.Describe("rabbit", Args).Limits().Should().Be(new Limits(Size.MiB(512), null, Cpu.Cores(1), 512));
        RabbitMq.Describe("rabbit", Args with { Memory = Size.GiB(2), ReservedMemory = Size.GiB(1), Cpus = Cpu.Cores(2) }).Limits()
            .Should().Be(new Limits(Size.GiB(2), Size.GiB(1), Cpu.Cores(2), 512));
    }

    [Fact]
    public void Is_probed_as_patiently_and_is_on_the_networks_as_it_is_told()
    {
        var spec = RabbitMq.Describe("rabbit", Args with { Timing = ProbeTiming.Seconds(45, 7, 5), Networks = [new Network("data")] });

        spec.Health.Should().BeEquivalentTo(new { Interval = TimeSpan.FromSeconds(45), Timeout = TimeSpan.FromSeconds(7), Retries = 5 });
        spec.NetworkNames().Should().Equal("data");
        RabbitMq.Describe("rabbit", Args).NetworkNames().Should().Equal("default");
    }

    [Fact]
    public void Its_volume_has_the_name_that_it_is_told()
        => RabbitMq.Describe("rabbit", Args with { Volume = "kept" }).Mounts.OfType<VolumeMount>().Single().Volume.Should().Be(new Volume("kept"));

    [Fact]
    public void Is_published_only_when_asked_and_then_on_loopback()
    {
        RabbitMq.Describe("rabbit", Args).Ports.Should().BeEmpty();
        RabbitMq.Describe("rabbit", Args with { Port = 15673 }).Ports.Should().Equal(new Port(5672, 15673));
    }

    [Fact]
    public void Offers_metrics_unless_it_is_told_not_to()
    {
        RabbitMq.Describe("rabbit", Args).Metrics.Should().OnlyContain(metrics => metrics.Port == 15692).And.HaveCount(2);
        RabbitMq.Describe("rabbit", Args with { Metrics = false }).Metrics.Should().BeEmpty();
    }

    [Fact]
    public void Its_first_user_comes_from_a_file()
    {
        var spec = RabbitMq.Describe("rabbit", Args);

        spec.SecretFiles().Should().Equal("/run/secrets/rabbitmq-user.config", "/run/secrets/pw");
        spec.Variable("RABBITMQ_ADVANCED_CONFIG_FILE").Should().Be("/run/secrets/rabbitmq-user.config");
        spec.Environment.Values.Should().NotContain(value => value.HasSecrets);
    }

    [Fact]
    public void Others_log_in_as_the_second_user_while_its_password_is_rotated()
        => RabbitMq.Describe("rabbit", Args with { IsRotating = true }).Endpoint!.User.Should().Be("infra_next");

    [Fact]
    public void Is_a_broker_that_waits_for_nothing()
    {
        RabbitMq.Describe("rabbit", Args).Should().BeEquivalentTo(new { Role = ServiceRole.Broker, User = "rabbitmq" });
        RabbitMq.Describe("rabbit", Args).StatePaths.Should().Equal("/var/lib/rabbitmq");
        RabbitMq.Describe("rabbit", Args).WaitsFor.Should().BeEmpty();
    }
}
