namespace Pulumi.Testing;

/// <summary>Plays the engine and the providers. Calls may be concurrent.</summary>
public interface IMocks
{
    /// <summary>Answers with the new resource's id and its state, a dictionary by property name.</summary>
    Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args);

    Task<object> CallAsync(MockCallArgs args);

    Task RegisterResourceOutputs(MockRegisterResourceOutputsRequest args) => Task.CompletedTask;
}
