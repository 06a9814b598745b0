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
        // A step has come to its end.
        var services = (await Project.ServicesAsync()).Values.Where(service => service is not { State: "exited", ExitCode: 0 }).ToArray();

        services.Select(service => service.Name).Should().BeEquivalentTo(names);
        services.Should().OnlyContain(service => service.State == "healthy");
    }
}
