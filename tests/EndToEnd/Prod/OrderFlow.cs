using System.Collections.Concurrent;

namespace Infra.Tests.EndToEnd.Prod;

/// <summary>Somebody who orders without a pause, and remembers what was acknowledged.</summary>
internal sealed class OrderFlow : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly ConcurrentQueue<string> acknowledged = new();
    private readonly CancellationTokenSource stop = new();
    private readonly Project project;
    private readonly Shop shop;
    private readonly Task flow;

    private OrderFlow(Project project, Shop shop)
    {
        (this.project, this.shop) = (project, shop);
        flow = Task.Run(OrderAsync);
    }

    public int Acknowledged => acknowledged.Count;

    /// <summary>Begins, and waits for the first acknowledgement.</summary>
    public static async Task<OrderFlow> BeginAsync(Project project, Shop shop)
    {
        var flow = new OrderFlow(project, shop);
        await flow.GoesOnAsync();
        return flow;
    }

    /// <summary>Waits until another order is acknowledged.</summary>
    public Task GoesOnAsync()
    {
        var before = Acknowledged;
        return Eventually.SeesAsync(
            "another acknowledged order",
            TimeSpan.FromSeconds(60),
            () => Task.FromResult(Acknowledged),
            now => now > before,
            () => project.LogsAsync("web")
        );
    }

    /// <summary>Ends, and sees that each acknowledged order was fulfilled.</summary>
    public async Task NothingIsLostAsync()
    {
        await stop.CancelAsync();
        await flow;
        acknowledged.Should().NotBeEmpty();
        foreach (var order in acknowledged) await shop.FulfilledAsync(order, () => project.LogsAsync("worker"), seconds: 120);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await flow;
        stop.Dispose();
    }

    // A refusal is no promise; only what was acknowledged counts.
    private async Task OrderAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            if (await shop.TryOrderAsync("a promise") is { } order) acknowledged.Enqueue(order);
            await Task.Delay(Pause);
        }
    }
}
