namespace Pulumi;

/// <summary>A value that comes later, may be unknown or secret, and knows the resources it comes from.</summary>
public sealed class Output<T> : IOutput
{
    private const string NoText =
        "An Output has no text of its own: use Output.Format, or Apply to reach the value.";

    internal Output(Task<OutputData<T>> data)
    {
        Data = data;
        MockRun.Current?.Track(data);
    }

    private Output(TaskCompletionSource<OutputData<T>> source) => Data = source.Task;

    internal Task<OutputData<T>> Data { get; }

    public static Output<T> Create(Task<T> value) => Output.Create(value);

    public Output<TResult> Apply<TResult>(Func<T, TResult> func) =>
        Then(value => new ValueTask<OutputData<TResult>>(OutputData<TResult>.Known(func(value))));

    public Output<TResult> Apply<TResult>(Func<T, Task<TResult>> func) =>
        Then(async value => OutputData<TResult>.Known(await func(value)));

    public Output<TResult> Apply<TResult>(Func<T, Input<TResult>?> func) =>
        Then(value => new ValueTask<OutputData<TResult>>(func(value).ToOutput().Data));

    public Output<TResult> Apply<TResult>(Func<T, Output<TResult>?> func) =>
        Then(value => func(value) is { } inner ? new ValueTask<OutputData<TResult>>(inner.Data) : new(OutputData<TResult>.Known(default!)));

    public Output<ValueTuple> Apply(Func<T, Task> func) =>
        Then(async value =>
        {
            await func(value);
            return OutputData<ValueTuple>.Known(default);
        });

    public Output<TResult> UntypedApply<TResult>(Func<object?, Output<TResult>?> func) => Apply(value => func(value));

    /// <remarks>Gives no value: the value may come later, be unknown or be secret.</remarks>
    public override string ToString()
    {
        if (Environment.GetEnvironmentVariable("PULUMI_ERROR_OUTPUT_STRING") is "1" or "true")
            throw new InvalidOperationException(NoText);

        Log.Warn(NoText);
        return NoText;
    }

    async ValueTask<OutputData<object?>> IOutput.GetDataAsync()
    {
        var data = await Data;
        return new(data.Resources, data.Value, data.IsKnown, data.IsSecret);
    }

    /// <summary>An output that somebody else completes, and answers for.</summary>
    internal static Output<T> From(TaskCompletionSource<OutputData<T>> source) => new(source);

    private Output<TResult> Then<TResult>(Func<T, ValueTask<OutputData<TResult>>> next) => new(ThenAsync(next));

    private async Task<OutputData<TResult>> ThenAsync<TResult>(Func<T, ValueTask<OutputData<TResult>>> next)
    {
        var data = await Data;
        if (!data.IsKnown)
            return new(data.Resources, default!, IsKnown: false, data.IsSecret);

        var result = await next(data.Value);
        return result with
        {
            Resources = data.Resources.Union(result.Resources),
            IsSecret = data.IsSecret || result.IsSecret,
        };
    }
}
