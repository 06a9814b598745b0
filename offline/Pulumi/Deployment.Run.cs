namespace Pulumi;

public sealed partial class Deployment
{
    private const string NoEngine = "Program run without the Pulumi engine available; re-run using the `pulumi` CLI";

    private const string Offline =
        "This build uses the offline stand-in for Pulumi, which talks to no engine: "
        + "build with PulumiSdk=nuget where the packages Pulumi and Pulumi.Docker can be restored, or use ./infra.sh instead of pulumi.";

    public static Task<int> RunAsync(Action action) => RefuseAsync();

    public static Task<int> RunAsync(Func<IDictionary<string, object?>> func) => RefuseAsync();

    public static Task<int> RunAsync(Func<Task> func) => RefuseAsync();

    public static Task<int> RunAsync(Func<Task<IDictionary<string, object?>>> func, StackOptions? options = null) => RefuseAsync();

    public static Task<int> RunAsync<TStack>()
        where TStack : Stack, new() => RefuseAsync();

    public static Task<int> RunAsync<TStack>(IServiceProvider serviceProvider)
        where TStack : Stack => RefuseAsync();

    private static async Task<int> RefuseAsync()
    {
        if (!IsSet("PULUMI_MONITOR") && !IsSet("PULUMI_ENGINE"))
            throw new InvalidOperationException(NoEngine);

        await Console.Error.WriteLineAsync(Offline);
        return 1;
    }

    private static bool IsSet(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
