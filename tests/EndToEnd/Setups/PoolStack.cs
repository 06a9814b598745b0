using System.Text.Json.Nodes;

namespace Infra.Tests.EndToEnd.Setups;

/// <summary>Tests on the running application: one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PoolCollection : ICollectionFixture<PoolStack>
{
    public const string Name = "end to end, pool";
}

public sealed class PoolStack() : SetupStack("pool")
{
    /// <summary>How many orders there are.</summary>
    internal async Task<int> OrdersAsync()
        => await GetAsync("/orders") is ['{', ..] answer ? JsonNode.Parse(answer)!["count"]!.GetValue<int>() : 0;

    /// <summary>Waits until there are more orders than now.</summary>
    internal async Task OrdersGoOnAsync()
    {
        var before = await OrdersAsync();
        await Eventually.SeesAsync(
            "another order", TimeSpan.FromSeconds(10), OrdersAsync, count => count > before, () => Project.LogsAsync("web"));
    }
}
