namespace Pulumi;

/// <summary>An output of a resource, until the mocks have answered.</summary>
internal abstract class OutputSlot
{
    public abstract IOutput UntypedOutput { get; }

    public abstract void Resolve(OutputData<object?> data);

    public abstract void Fail(Exception exception);
}

/// <summary>An output of a resource, of a known type.</summary>
internal sealed class OutputSlot<T> : OutputSlot
{
    private readonly TaskCompletionSource<OutputData<T>> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public OutputSlot() => Output = Output<T>.From(_source);

    public Output<T> Output { get; }

    public override IOutput UntypedOutput => Output;

    public override void Resolve(OutputData<object?> data)
    {
        var value = data.Value is null ? default! : (T)StateReader.Read(data.Value, typeof(T))!;
        _source.TrySetResult(new(data.Resources, value, data.IsKnown, data.IsSecret));
    }

    public override void Fail(Exception exception) => _source.TrySetException(exception);
}
