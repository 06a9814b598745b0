namespace Infra.Tests.EndToEnd.Systems;

/// <summary>Tests on the running system: one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MikromCollection : ICollectionFixture<MikromStack>
{
    public const string Name = "end to end, mikrom";
}

public sealed class MikromStack() : SystemStack("mikrom", "samples/mikrom", "app")
{
    internal override void Prepare(Project project)
    {
        project.Set("app", "tag", $"{project.Label}-app:latest");
        project.SetPort("services", "flower.port");
    }
}
