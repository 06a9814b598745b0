namespace Pulumi;

/// <summary>A value or an output, wherever either is accepted.</summary>
public class Input<T> : IInput
{
    private readonly Output<T>? _output;

    private protected Input()
    {
    }

    private protected Input(Output<T> output) => _output = output;

    public static implicit operator Input<T>(T value) => new(Output.Create(value));

    public static implicit operator Input<T>(Output<T> value) => new(value);

    public static implicit operator Output<T>(Input<T> input) => input.AsOutput();

    IOutput IInput.ToUntypedOutput() => AsOutput();

    internal virtual Output<T> AsOutput() => _output!;
}
