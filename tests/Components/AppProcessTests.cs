using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;
using Infra.Tests.Support;

namespace Infra.Tests.Components;

public sealed class AppProcessTests
{
    private static readonly ServiceSpec Database = Postgres.Describe("postgres", new() { Password = new("pw") });

    private static readonly AppProcessArgs Args = new() { Image = Specs.App, Command = ["rq", "worker"], Needs = [Database.As("DATABASE_URL")] };

    private static readonly ServiceSpec Spec = AppProcess.Describe("mail", Args);

    [Fact]
    public void Runs_its_command_in_the_applications_image_without_capabilities()
    {
        Spec.Image.Should().Be(Specs.App);
        Spec.Command.Should().Equal("rq", "worker");
        Spec.Capabilities.Should().BeEquivalentTo(Capabilities.Only());
        Spec.Role.Should().Be(ServiceRole.Worker);
    }

    [Fact]
    public void Keeps_the_images_command_where_it_has_none() => AppProcess.Describe("mail", Args with { Command = [] }).Command.Should().BeEmpty();

    [Fact]
    public void Waits_for_what_it_needs_and_finds_its_url_in_a_file()
    {
        Spec.WaitsFor.Should().Equal(new Wait("postgres"));
        Spec.Environment["DATABASE_URL_FILE"].ToString().Should().Be("/run/secrets/database-url");
    }

    [Fact]
    public void Has_no_probe_of_its_own_and_half_a_minute_to_end()
    {
        Spec.Health.Should().BeNull();
        Spec.StopGrace.Should().Be(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Is_reached_where_it_listens_and_publishes_nothing()
    {
        Spec.Endpoint.Should().BeNull();
        AppProcess.Describe("mail", Args with { Port = 9000 }).Endpoint.Should().Be(new Endpoint("http", "mail", 9000));
        Spec.Ports.Should().BeEmpty();
    }
}
