namespace Infra.Tests.EndToEnd;

/// <summary>Tests with a broker of their own, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class QuorumQueuesCollection
{
    public const string Name = "quorum queues";
}

/// <summary>Celery's tasks go through quorum queues, and the broker has its definitions before anything is led to it.</summary>
[Collection(QuorumQueuesCollection.Name)]
[Trait("Category", EndToEndCollection.Category)]
public sealed class QuorumQueuesTests
{
    private const string Definitions = """
        {
          "policies": [{ "vhost": "/", "name": "attempts", "pattern": "^shop$", "definition": { "delivery-limit": 5 } }],
          "queues": [{ "vhost": "/", "name": "failed", "durable": true, "auto_delete": false, "arguments": {} }]
        }
        """;

    [EndToEndFact]
    public async Task An_order_is_fulfilled_through_a_quorum_queue_under_its_policy()
    {
        await using var project = Project.Make();
        await File.WriteAllTextAsync(project.PathOf("definitions.json"), Definitions);
        project.Set("app", "environment.SHOP_QUORUM_QUEUES", "1");
        project.Set("services", "rabbitmq.queueType", "quorum");
        project.Set("services", "rabbitmq.definitions", "definitions.json");
        var shop = new Shop(project.WebPort);

        await project.UpAsync();
        await shop.FulfilledAsync(await shop.OrderAsync("a vote"), () => project.LogsAsync("worker"));

        var queues = await AskAsync(project, "list_queues", "name", "type", "policy");
        queues.Should().Contain("shop\tquorum\tattempts").And.Contain("failed\tquorum\t");
        (await AskAsync(project, "list_vhosts", "name", "default_queue_type")).Should().Contain("/\tquorum");
        (await project.LogsAsync("worker")).Should().NotContain("Direct exchanges are not supported");
    }

    private static Task<string> AskAsync(Project project, params string[] question)
        => Engine.AskAsync(["exec", project.Container("rabbitmq"), "rabbitmqctl", "--quiet", .. question]);
}
