using Infra.Model;
using Infra.Targets.Compose;
using Infra.Tests.Support;

namespace Infra.Tests.Targets.Compose;

public sealed class ComposeStepsTests
{
    private static readonly Topology Topology = Samples.Only(
        Specs.Store("db", ServiceRole.Database),
        Specs.Job().Waits(new Wait("db")),
        Specs.Web().Waits(new("db"), new("migrate", WaitCondition.Completed))
    );

    [Fact]
    public void A_step_is_waited_for_in_the_file_that_others_use() =>
        ComposeWriter
            .Write(Topology, new ComposeOptions())
            .Should()
            .Contain("      migrate:\n        condition: service_completed_successfully\n")
            .And.NotContain("profiles");

    [Fact]
    public void A_step_that_stands_apart_waits_for_nobody_and_nobody_for_it()
    {
        var written = ComposeWriter.Write(Topology, new ComposeOptions { StepsApart = true });

        written.Should().Contain("    profiles: [\"steps\"]\n").And.NotContain("service_completed_successfully");
        written.Split("condition: service_healthy").Should().HaveCount(2, "web alone waits, for db alone");
    }

    [Theory]
    [InlineData(null, "container_name: shop-dev-worker", "deploy")]
    [InlineData(1, "image", "container_name")]
    [InlineData(3, "    deploy:\n      replicas: 3\n", "container_name")]
    public void What_there_may_be_several_of_is_numbered_by_Compose_and_its_name_does_not_come_and_go(int? replicas, string has, string hasNot)
    {
        var worker = new ServiceSpec("test:Service", "worker") { Image = new PinnedImage("shop", "1"), Replicas = replicas };

        Samples.Write(worker).Should().Contain(has).And.NotContain(hasNot);
        Samples.Write(worker with { Ports = [new Port(80, 8080)] }).Should().Contain("container_name", "with a port there is one alone");
    }

    [Fact]
    public void What_starts_first_is_numbered_by_Compose_and_keeps_its_name_on_the_network()
    {
        var written = Samples.Write(Samples.Plain with { Replacement = Replacement.StartFirst, Health = HealthCheck.Exec("true") });

        written.Should().Contain("    deploy:\n      update_config:\n        order: start-first\n").And.NotContain("container_name");
    }
}
