namespace Infra.Tests.EndToEnd.Prod;

/// <summary>Tests on the running <c>prod</c> stack: one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ProdCollection : ICollectionFixture<ProdStack>
{
    public const string Name = "end to end, prod";
}
