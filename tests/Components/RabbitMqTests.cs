using Infra.Components;
using Infra.Model;

namespace Infra.Tests.Components;

public sealed class RabbitMqTests
{
    private static readonly RabbitMqArgs Args = new() { Password = new Secret("pw") };

    [Fact]
    public void Has_a_fixed_host_name_because_its_data_carry_the_nodes_name()
        => RabbitMq.Describe("rabbit", Args).Hostname.Should().Be("rabbit");

    [Fact]
    public void Slows_publishers_down_before_its_memory_limit()
        => File(Args with { Memory = Size.MiB(1000) }, "rabbitmq.conf").Should().Contain($"vm_memory_high_watermark.absolute = {Size.MiB(600).Bytes}\n");

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
        File(Args, "rabbitmq-env.conf").Should().Be("ulimit -n 65536 2>/dev/null || true\n");
    }

    [Fact]
    public void Shows_its_pages_only_when_asked()
    {
        File(Args, "enabled_plugins").Should().NotContain("rabbitmq_management");
        File(Args with { ManagementPort = 15672 }, "enabled_plugins").Should().Contain("rabbitmq_management");
        RabbitMq.Describe("rabbit", Args with { ManagementPort = 15672 }).Ports.Should().Equal(new Port(15672, 15672));
    }

    [Fact]
    public void Tells_others_where_it_is()
        => RabbitMq.Describe("rabbit", Args).Endpoint!.Url().ToString().Should().Be("amqp://app:<pw>@rabbit:5672//");

    private static string File(RabbitMqArgs args, string name)
        => RabbitMq.Describe("rabbit", args).Files.Single(file => file.Name == name).Content.ToString();
}
