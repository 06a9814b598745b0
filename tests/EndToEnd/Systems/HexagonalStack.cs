namespace Infra.Tests.EndToEnd.Systems;

/// <summary>Tests on the running system: one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HexagonalCollection : ICollectionFixture<HexagonalStack>
{
    public const string Name = "end to end, hexagonal";
}

public sealed class HexagonalStack() : SystemStack("hexagonal", "samples/hexagonal", "backend")
{
    internal override void Prepare(Project project)
    {
        project.Set("containerNames", "celery_worker", project.Container("celery_worker"));
        // What the builder does not get, Compose's watch passes over: here only the list of the rule itself says what is ignored.
        File.WriteAllText(project.PathOf("samples", "hexagonal", ".dockerignore"), ".git\n");
    }
}
