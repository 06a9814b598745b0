using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Model;

public sealed class TopologyTests
{
    [Fact]
    public void Starts_each_service_after_those_it_waits_for()
    {
        var topology = Specs.Topology(
            Specs.Web().Waits(new Wait("migrate", WaitCondition.Completed)),
            Specs.Job().Waits(new Wait("db")),
            Specs.Service("db")
        );

        topology.InStartOrder().Select(service => service.Name).Should().Equal("db", "migrate", "web");
    }

    [Fact]
    public void Starts_a_circle_last_and_cares_for_no_unknown_service()
    {
        var topology = Specs.Topology(
            Specs.Worker().Waits(new Wait("beat")), Specs.Beat().Waits(new Wait("worker")), Specs.Web().Waits(new Wait("nobody")));

        topology.InStartOrder().Select(service => service.Name).Should().Equal("web", "worker", "beat");
    }

    [Fact]
    public void Builds_each_image_once_after_its_base()
    {
        var image = Specs.App with { Base = new BuiltImage("base", "images/base") };

        var topology = Specs.Topology(Specs.Web() with { Image = image }, Specs.Worker() with { Image = image }, Specs.Service("db"));

        topology.Builds.Select(build => build.Name).Should().Equal("base", "app");
    }

    [Fact]
    public void Knows_the_secrets_of_files_and_variables_by_name()
    {
        var web = Specs.Web() with
        {
            Files = [ServiceFile.For(new Secret("z"))],
            Environment = Variables.From(("URL", Template.From($"{new Secret("a")}{new Secret("z")}"))),
        };

        Specs.Topology(web).Secrets.Select(secret => secret.Name).Should().Equal("a", "z");
    }

    [Fact]
    public void Knows_volumes_and_networks_once_by_name()
    {
        var shared = new VolumeMount(new Volume("media"), "/media");

        var topology = Specs.Topology(
            (Specs.Web() with { Mounts = [shared] }).On(new Network("edge"), new Network("data")),
            (Specs.Worker() with { Mounts = [shared] }).On(new Network("data"))
        );

        topology.Volumes.Should().Equal(new Volume("media"));
        topology.Networks.Should().Equal(new Network("data"), new Network("edge"));
    }
}
