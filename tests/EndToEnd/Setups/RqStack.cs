namespace Infra.Tests.EndToEnd.Setups;

/// <summary>Tests on the running application: one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RqCollection : ICollectionFixture<RqStack>
{
    public const string Name = "end to end, rq";
}

public sealed class RqStack() : SetupStack("rq")
{
    /// <summary>Puts a job into a queue.</summary>
    /// <returns>Its id, once Redis has it.</returns>
    internal async Task<string> PutAsync(string queue, double seconds = 0)
        => (await PostAsync("/jobs", new { queue, seconds }))["id"]!.GetValue<string>();

    /// <summary>Waits until the job is there: <c>finished by mails</c>.</summary>
    internal Task SeesJobAsync(string id, string state, string worker) => SeesAsync($"/jobs/{id}", state, worker);
}
