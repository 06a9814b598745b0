using Infra.Tests.EndToEnd.Prod;
using Infra.Tests.Support;

namespace Infra.Tests.EndToEnd.Setups;

/// <summary>Tests on the running application: one at a time, beside nothing else.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ElsewhereCollection : ICollectionFixture<ElsewhereStack>
{
    public const string Name = "end to end, elsewhere";
}

public sealed class ElsewhereStack() : SetupStack("elsewhere", "prod")
{
    private readonly Authority authority = new();
    private PostgresElsewhere? database;

    internal PostgresElsewhere Database => database!;

    public override async Task DisposeAsync()
    {
        if (database is not null) await database.RemoveAsync();
        await base.DisposeAsync();
    }

    /// <summary>Has the stack trust the provider, or somebody else.</summary>
    internal void Trust(Authority? other = null)
    {
        Directory.CreateDirectory(Project.PathOf("certificates"));
        File.WriteAllText(Project.PathOf("certificates", "provider.pem"), (other ?? authority).Certificate);
    }

    internal override async Task PrepareAsync(Project project)
    {
        var address = await PostgresElsewhere.AddressAsync();
        project.Set("services", "postgres.external.host", address.ToString());
        database = new PostgresElsewhere(
            $"{project.Name}-elsewhere",
            project.PathOf("elsewhere"),
            address,
            project.SetPort("services", "postgres.external.port")
        );
        Trust();
        Directory.CreateDirectory(project.PathOf(".secrets", project.Stack));
        await File.WriteAllTextAsync(project.PathOf(".secrets", project.Stack, "postgres-password"), ProdStack.HardPassword("postgres-password"));
    }

    internal override Task StartOthersAsync(Project project) => Database.StartAsync(authority, "notes", project.Secret("postgres-password"));
}
