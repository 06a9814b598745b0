namespace Infra.Tests.EndToEnd.Systems;

/// <summary>Tests on the running system: one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MarketplaceCollection : ICollectionFixture<MarketplaceStack>
{
    public const string Name = "end to end, marketplace";
}

public sealed class MarketplaceStack() : SystemStack("marketplace", "samples/marketplace")
{
    internal override void Prepare(Project project)
    {
        project.SetPort("services", "postgres.port");
        project.SetPort("services", "redis.port");
        project.SetPort("localstack");
    }
}
