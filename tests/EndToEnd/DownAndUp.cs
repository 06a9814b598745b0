using System.Text;
using RabbitMQ.Client;

namespace Infra.Tests.EndToEnd;

/// <summary>Takes the stack down while tasks wait in the queue, looks at what is left, and brings it up again.</summary>
public sealed class DownAndUp(DevStack stack) : IAsyncLifetime
{
    internal const string Message = "do not forget me";
    private const string Queue = "kept-by-the-test";

    private Project Project => stack.Project;

    internal CommandResult Down { get; private set; } = new(-1, "", "");

    /// <summary>What carried the stack's label in between.</summary>
    internal string[] Left { get; private set; } = [];

    /// <summary>Containers and networks that had the stack's name in theirs in between.</summary>
    internal string[] LeftByName { get; private set; } = [];

    internal string FulfilledBefore { get; private set; } = "";

    internal IReadOnlyList<string> OrderedBefore { get; private set; } = [];

    internal uint WaitingBefore { get; private set; }

    internal string? KeptMessage { get; private set; }

    public async Task InitializeAsync()
    {
        if (DevStack.IsSkipped) return;
        await stack.EnsureWellAsync();
        FulfilledBefore = await stack.Shop.OrderAsync("a diary");
        await stack.Shop.FulfilledAsync(FulfilledBefore, () => Project.LogsAsync("worker"));
        // Without beat nothing else comes into the queue.
        await Engine.AskAsync("stop", Project.Container("beat"), Project.Container("worker"));
        OrderedBefore = [await stack.Shop.OrderAsync("a pen"), await stack.Shop.OrderAsync("ink"), await stack.Shop.OrderAsync("paper")];
        await PublishAsync();

        Down = await Project.InfraAsync("down", "dev");
        Down.ExitCode.Should().Be(0, Down.ToString());
        Left = await Project.ObjectsAsync();
        LeftByName = [.. await Engine.LinesAsync("ps", "--all", "--filter", $"name={Project.Name}", "--format", "{{.Names}}"),
            .. await Engine.LinesAsync("network", "ls", "--filter", $"name={Project.Name}", "--format", "{{.Name}}")];

        await Project.UpAsync();
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync();
        KeptMessage = await channel.BasicGetAsync(Queue, autoAck: true) is { } got ? Encoding.UTF8.GetString(got.Body.Span) : null;
        await channel.QueueDeleteAsync(Queue);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task PublishAsync()
    {
        await using var connection = await ConnectAsync();
        await using var channel = await connection.CreateChannelAsync(
            new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true)
        );
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false);
        await channel.BasicPublishAsync("", Queue, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(Message));
        WaitingBefore = await channel.MessageCountAsync("shop");
    }

    private Task<IConnection> ConnectAsync() => Broker.ConnectAsync(stack);
}
