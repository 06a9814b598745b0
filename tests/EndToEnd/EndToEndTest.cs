namespace Infra.Tests.EndToEnd;

/// <summary>A test on the running <c>dev</c> stack, which is healthy when it begins.</summary>
[Collection(EndToEndCollection.Name)]
[Trait("Category", EndToEndCollection.Category)]
public abstract class EndToEndTest(DevStack stack) : IAsyncLifetime
{
    internal DevStack Stack { get; } = stack;

    internal Project Project => Stack.Project;

    internal Shop Shop => Stack.Shop;

    public Task InitializeAsync() => Stack.EnsureWellAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Orders something and waits until it came back through the worker.</summary>
    internal async Task<string> OrderAndWaitAsync(string item)
    {
        var order = await Shop.OrderAsync(item);
        await Shop.FulfilledAsync(order, () => Project.LogsAsync("worker"));
        return order;
    }
}
