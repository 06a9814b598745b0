using System.Text.Json.Nodes;
using Npgsql;

namespace Infra.Tests.EndToEnd;

public sealed class UpTests(DevStack stack) : EndToEndTest(stack)
{
    [EndToEndFact]
    public async Task One_command_brings_every_service_up_from_nothing_and_healthy()
    {
        Stack.FirstUp.Output.Should().Contain($"{Project.Label}: 6 services, all healthy.").And.Contain($"web: http://127.0.0.1:{Project.WebPort}");
        (await Project.ServicesAsync()).Should().HaveCount(DevStack.Services.Count).And.OnlyContain(service => service.Value.State == "healthy");
    }

    [EndToEndFact]
    public async Task An_order_comes_back_from_Postgres_through_a_task_over_RabbitMQ()
    {
        var order = await OrderAndWaitAsync("a lamp");

        var shown = JsonNode.Parse(await Shop.GetAsync($"/orders/{order}"))!;
        shown["item"]!.GetValue<string>().Should().Be("a lamp");
        (await RowAsync(order)).Should().Be("fulfilled");
        (await Project.LogsAsync("worker")).Should().Contain("shop.tasks.fulfil_order");
    }

    [EndToEndFact]
    public async Task A_second_up_changes_nothing()
    {
        var before = await Project.ServicesAsync();

        CommandResult result = await Project.UpAsync();

        (await Project.ServicesAsync()).Should().Equal(before);
        result.Output.Should().Contain("all healthy").And.NotContain("created").And.NotContain("starting");
    }

    private async Task<string?> RowAsync(string order)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder
            {
                Host = "127.0.0.1",
                Port = Stack.PostgresPort,
                Username = "app",
                Database = "app",
                Password = Project.Secret("postgres-password"),
                Pooling = false,
            }.ConnectionString
        );
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT status FROM orders WHERE id = $1", connection)
        {
            Parameters = { new() { Value = Guid.Parse(order) } },
        };
        return (string?)await command.ExecuteScalarAsync();
    }
}
