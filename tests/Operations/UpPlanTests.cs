using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Tests.Support;

namespace Infra.Tests.Operations;

public sealed class WorkTests
{
    private static readonly ServiceSpec Database = Specs.Store("postgres", ServiceRole.Database);
    private static readonly ServiceSpec Step = Specs.Job("migrations").Waits(new Wait("postgres"));
    private static readonly ServiceSpec Web = Specs.Web().Waits(new("postgres"), new("migrations", WaitCondition.Completed)) with
    {
        Replacement = Replacement.StartFirst,
    };

    private static readonly ServiceSpec Proxy = Specs.Service("proxy", ServiceRole.Proxy).Waits(new Wait("web")) with
    {
        Routes = [new Route("web", ["only", Route.Containers], ["every"], "/tmp/only")],
    };

    private static readonly Topology Topology = Specs.Topology(Database, Step, Web, Proxy);

    private static readonly ImmutableArray<ContainerState> Existing =
        [Of("postgres"), ContainerState.From(Support.FakeContainers.Step("migrations")), Of("web"), Of("proxy")];

    [Fact]
    public void Nothing_that_is_as_desired_is_touched() => Say(UpPlan.For(Topology, AsItStands(), Existing)).Should().Be("");

    [Fact]
    public void From_nothing_a_step_runs_after_what_it_waits_for()
        => Say(UpPlan.For(Topology, AsItStands(), [])).Should().Be("first postgres; step migrations");

    [Fact]
    public void A_new_image_runs_the_step_again_and_switches_web()
    {
        DesiredState desired = AsItStands() with { Images = AsItStands().Images.SetItem("migrations", "new").SetItem("web", "new") };

        Say(UpPlan.For(Topology, desired, Existing)).Should().Be("first postgres; step migrations; switch web");
    }

    [Fact]
    public void A_changed_file_of_web_is_a_reason_to_switch_and_of_the_database_to_recreate_before()
    {
        DesiredState desired = AsItStands() with { Changed = ["web", "postgres"] };

        Say(UpPlan.For(Topology, desired, Existing)).Should().Be("first postgres; switch web; recreate postgres");
    }

    [Fact]
    public void A_step_that_failed_runs_again()
        => Say(UpPlan.For(Topology, AsItStands(), Existing.SetItem(1, ContainerState.From(Support.FakeContainers.Step("migrations", exitCode: 1)))))
            .Should().Be("first postgres; step migrations");

    [Fact]
    public void Without_a_proxy_that_runs_or_an_old_one_that_serves_Compose_replaces_it()
    {
        DesiredState desired = AsItStands() with { Hashes = AsItStands().Hashes.SetItem("web", "new") };

        Say(UpPlan.For(Topology, desired, Existing.RemoveAt(3))).Should().Be("");
        Say(UpPlan.For(Topology, desired, Existing.SetItem(2, Of("web", "exited")))).Should().Be("");
    }

    [Theory]
    [InlineData(1, "")]
    [InlineData(3, "first postgres; switch web")]
    public void Another_number_of_web_behind_a_proxy_is_a_switch(int replicas, string work)
    {
        var topology = Topology with { Services = Topology.Services.Replace(Web, Web with { Replicas = replicas }) };

        Say(UpPlan.For(topology, AsItStands(), Existing)).Should().Be(work);
    }

    [Fact]
    public void Several_without_a_proxy_are_replaced_one_after_the_other_and_added_or_taken_away_by_Compose()
    {
        var worker = Specs.Worker() with { Replicas = 3 };
        ImmutableArray<ContainerState> existing = [Of("worker"), Of("worker") with { Id = "other" }];
        DesiredState same = new(
            ImmutableSortedDictionary<string, string>.Empty.Add("worker", existing[0].ConfigHash!),
            ImmutableDictionary<string, string>.Empty.Add("worker", existing[0].ImageId),
            []
        );

        Say(UpPlan.For(Specs.Topology(worker), same, existing)).Should().Be("");
        Say(UpPlan.For(Specs.Topology(worker), same with { Hashes = same.Hashes.SetItem("worker", "new") }, existing)).Should().Be("switch worker");
    }

    [Fact]
    public void What_an_interrupted_switch_has_left_is_switched() =>
        Say(UpPlan.For(Topology, AsItStands(), Existing.Add(Of("web") with { Id = "old", ConfigHash = "old" })))
            .Should()
            .Be("first postgres; switch web");

    private static ContainerState Of(string service, string status = "running") =>
        ContainerState.From(Support.FakeContainers.Container(service, status: status));

    private static DesiredState AsItStands() => new(
        Existing.ToImmutableSortedDictionary(container => container.Service, container => container.ConfigHash!, StringComparer.Ordinal),
        Existing.ToImmutableDictionary(container => container.Service, container => container.ImageId), []);

    private static string Say(UpPlan work) => string.Join("; ",
        work.First.Select(name => "first " + name).Concat(work.Steps.Select(step => "step " + step.Name))
            .Concat(work.Replaced.Select(service => "switch " + service.Name)).Concat(work.Recreate.Select(name => "recreate " + name)));
}
