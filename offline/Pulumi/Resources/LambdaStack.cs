namespace Pulumi;

/// <summary>The stack of a program that is a function.</summary>
internal sealed class LambdaStack : Stack
{
    private readonly Task<IDictionary<string, object?>> _outputs;

    public LambdaStack(Func<Task<IDictionary<string, object?>>> program) => _outputs = program();

    /// <summary>Waits for the function itself; what it started may go on.</summary>
    public Task<IDictionary<string, object?>> Result => _outputs;

    internal override void End() => RegisterOutputs(_outputs);
}
