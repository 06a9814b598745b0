namespace Infra.Tests.EndToEnd;

/// <summary>What a <c>down</c> and the <c>up</c> after it keep.</summary>
public sealed class SurvivalTests(DevStack stack, DownAndUp cycle) : EndToEndTest(stack), IClassFixture<DownAndUp>
{
    [EndToEndFact]
    public void Down_leaves_nothing_but_the_named_volumes()
    {
        cycle.Left.Should().Equal(new[] { "beat", "postgres", "rabbitmq", "redis", "uploads" }.Select(name => $"volume {Project.Container(name)}"));
        cycle.LeftByName.Should().BeEmpty("no container and no network is to stay, labelled or not");
        cycle.Down.Output.Should().Contain("Kept the volumes").And.Contain(Project.Container("postgres"));
    }

    [EndToEndFact]
    public async Task A_volume_for_which_the_image_has_no_folder_is_writable_for_each_service_and_keeps_what_was_written()
    {
        await Engine.AskAsync("exec", Project.Container("web"), "sh", "-c", "mkdir -p /srv/uploads/photos && echo from-web >/srv/uploads/photos/one");
        (
            await Engine.AskAsync(
                "exec",
                Project.Container("worker"),
                "sh",
                "-c",
                "echo and-worker >>/srv/uploads/photos/one && cat /srv/uploads/photos/one"
            )
        )
            .Should()
            .Be("from-web\nand-worker");
    }

    [EndToEndFact]
    public async Task Rows_of_Postgres_survive_down_and_up()
    {
        (await Shop.GetAsync($"/orders/{cycle.FulfilledBefore}")).Should().Contain("a diary").And.Contain("fulfilled");
    }

    [EndToEndFact]
    public async Task Messages_that_waited_in_RabbitMQ_survive_down_and_up()
    {
        ((int)cycle.WaitingBefore)
            .Should()
            .BeGreaterThanOrEqualTo(cycle.OrderedBefore.Count, "the orders' tasks must have waited in the queue, not in the outbox");
        foreach (var order in cycle.OrderedBefore)
            await Shop.FulfilledAsync(order, () => Project.LogsAsync("worker"));
        cycle.KeptMessage.Should().Be(DownAndUp.Message);
    }
}
