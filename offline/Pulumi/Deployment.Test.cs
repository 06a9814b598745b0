using System.Collections.Immutable;
using Pulumi.Testing;

namespace Pulumi;

public sealed partial class Deployment
{
    public static Task<ImmutableArray<Resource>> TestAsync<TStack>(IMocks mocks, TestOptions? options = null)
        where TStack : Stack, new() => TestStackAsync(mocks, options, () => new TStack());

    /// <summary>Tests the stack that the service provider makes.</summary>
    public static Task<ImmutableArray<Resource>> TestWithServiceProviderAsync<TStack>(
        IMocks mocks, IServiceProvider serviceProvider, TestOptions? options = null)
        where TStack : Stack => TestStackAsync(mocks, options, () => serviceProvider.GetService(typeof(TStack)) as TStack
            ?? throw new InvalidOperationException($"The service provider makes no {typeof(TStack)}."));

    public static async Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Action createResources) =>
        (await TestAsync(testMocks, testOptions, () =>
        {
            createResources();
            return NoOutputs();
        })).Resources;

    public static async Task<ImmutableArray<Resource>> TestAsync(IMocks testMocks, TestOptions testOptions, Func<Task> createResources) =>
        (await TestAsync(testMocks, testOptions, async () =>
        {
            await createResources();
            return NoOutputs();
        })).Resources;

    public static Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<IDictionary<string, object?>> createResources) =>
        TestAsync(testMocks, testOptions, () => Task.FromResult(createResources()));

    public static async Task<(ImmutableArray<Resource> Resources, IDictionary<string, object?> Outputs)> TestAsync(
        IMocks testMocks, TestOptions testOptions, Func<Task<IDictionary<string, object?>>> createResources)
    {
        IDictionary<string, object?> outputs = NoOutputs();
        var run = await ExecuteAsync(testMocks, testOptions, async () =>
        {
            var stack = new LambdaStack(createResources);
            stack.End();
            outputs = await stack.Result;
        });
        return (run.Resources.RemoveAll(resource => resource is LambdaStack), outputs);
    }

    private static async Task<ImmutableArray<Resource>> TestStackAsync(IMocks mocks, TestOptions? options, Func<Stack> create)
    {
        var run = await ExecuteAsync(mocks, options, () =>
        {
            create().End();
            return Task.CompletedTask;
        });
        return run.Resources;
    }

    private static async Task<MockRun> ExecuteAsync(IMocks mocks, TestOptions? options, Func<Task> program)
    {
        var run = new MockRun(mocks, options ?? new());

        // On the thread pool: free of the caller's synchronisation context.
        await Task.Run(() => run.ExecuteAsync(program));
        if (run.Faults.ToException() is { } failure)
        {
            Environment.ExitCode = run.Faults.ExitCode;
            throw failure;
        }

        return run;
    }

    private static ImmutableDictionary<string, object?> NoOutputs() => ImmutableDictionary<string, object?>.Empty;
}
