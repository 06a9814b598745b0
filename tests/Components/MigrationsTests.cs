using Infra.Components;
using Infra.Components.Parts;
using Infra.Model;

namespace Infra.Tests.Components;

public sealed class MigrationsTests
{
    private static readonly ServiceSpec Database = Postgres.Describe("postgres", new() { Password = new("pg") });
    private static readonly BuiltImage App = new("app", "app");

    private static readonly ServiceSpec Step = Migrations.Describe(
        "migrations",
        new()
        {
            Image = App,
            Needs = [Database.As("DATABASE_URL")],
            Command = ["migrate"],
        }
    );

    [Fact]
    public void Is_a_step_that_runs_once_on_the_application_s_image()
    {
        Step.Should().BeEquivalentTo(new { Role = ServiceRole.Job, Restart = RestartPolicy.No, Image = App });
        Step.IsStep().Should().BeTrue();
        Step.Health.Should().BeNull();
        Step.WaitsFor.Should().Equal(new Wait("postgres"));
    }

    [Fact]
    public void What_comes_after_it_waits_until_it_has_completed() =>
        Web.Describe(
                "web",
                new()
                {
                    Image = App,
                    Command = ["serve"],
                    After = [Step],
                }
            )
            .WaitsFor.Should()
            .Equal(new Wait("migrations", WaitCondition.Completed));
}
