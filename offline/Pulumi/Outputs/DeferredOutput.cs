namespace Pulumi;

/// <summary>An output that is handed out before it is known where it comes from.</summary>
public sealed class DeferredOutput<T>
{
    private readonly TaskCompletionSource<Output<T>> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DeferredOutput()
    {
        var data = new TaskCompletionSource<OutputData<T>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Output = Output<T>.From(data);
        _ = ForwardAsync(data);
    }

    public Output<T> Output { get; }

    /// <remarks>Once: a second call throws.</remarks>
    public void Resolve(Output<T> output) => _source.SetResult(output);

    private async Task ForwardAsync(TaskCompletionSource<OutputData<T>> data)
    {
        var output = await _source.Task;
        await ((Task)output.Data).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        data.SetFromTask(output.Data);
    }
}
