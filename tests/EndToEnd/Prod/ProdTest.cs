namespace Infra.Tests.EndToEnd.Prod;

/// <summary>A test on the running <c>prod</c> stack, which is healthy when it begins.</summary>
[Collection(ProdCollection.Name)]
[Trait("Category", EndToEndCollection.Category)]
public abstract class ProdTest(ProdStack stack) : IAsyncLifetime
{
    internal ProdStack Stack { get; } = stack;

    internal Project Project => Stack.Project;

    internal Shop Shop => Stack.Shop;

    public Task InitializeAsync() => Stack.EnsureWellAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Orders something and waits until it came back through the worker.</summary>
    internal async Task<string> OrderAndWaitAsync(string item)
    {
        var order = await Shop.OrderAsync(item);
        await Shop.FulfilledAsync(order, () => Project.LogsAsync("worker"));
        return order;
    }
}
