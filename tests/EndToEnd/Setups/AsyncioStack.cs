namespace Infra.Tests.EndToEnd.Setups;

/// <summary>Tests on the running application: one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AsyncioCollection : ICollectionFixture<AsyncioStack>
{
    public const string Name = "end to end, asyncio";
}

public sealed class AsyncioStack() : SetupStack("asyncio")
{
    /// <summary>Puts a job into the queue.</summary>
    /// <returns>Its id, once Redis has it.</returns>
    internal async Task<string> PutAsync(string kind, double seconds)
        => (await PostAsync("/jobs", new { kind, seconds }))["id"]!.GetValue<string>();

    /// <summary>Waits until the job has begun, or is done.</summary>
    internal Task SeesJobAsync(string id, string state) => SeesAsync($"/jobs/{id}", state, "jobs");
}
