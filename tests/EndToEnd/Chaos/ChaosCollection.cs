namespace Infra.Tests.EndToEnd.Chaos;

/// <summary>Tests that kill, on a stack of their own: one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ChaosCollection : ICollectionFixture<ChaosStack>
{
    public const string Name = "end to end, chaos";
}
