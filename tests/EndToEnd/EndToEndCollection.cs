namespace Infra.Tests.EndToEnd;

/// <summary>Tests on a real engine: they share one running stack and run one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EndToEndCollection : ICollectionFixture<DevStack>
{
    public const string Name = "end to end";

    public const string Category = "EndToEnd";
}
