namespace Infra.Tests.EndToEnd;

/// <summary>A test on such a stack, once it is up.</summary>
[Trait("Category", EndToEndCollection.Category)]
public abstract class LiveTest<TStack>(TStack stack) : IAsyncLifetime where TStack : LiveStack
{
    internal TStack Stack { get; } = stack;

    internal Project Project => Stack.Project;

    public Task InitializeAsync()
    {
        Stack.RequireUp();
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    internal async Task AllAreHealthyAsync(params string[] names)
    {
        var services = await Project.ServicesAsync();

        services.Keys.Should().BeEquivalentTo(names);
        services.Should().OnlyContain(service => service.Value.State == "healthy");
    }
}
