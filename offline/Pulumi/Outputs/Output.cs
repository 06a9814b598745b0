using System.Collections.Immutable;
using System.Globalization;

namespace Pulumi;

/// <summary>Makes outputs, and joins them.</summary>
public static partial class Output
{
    public static Output<T> Create<T>(T value) => new(Task.FromResult(OutputData<T>.Known(value)));

    public static Output<T> Create<T>(Task<T> value) => new(KnownAsync(value, isSecret: false));

    public static Output<T> CreateSecret<T>(T value) => new(Task.FromResult(OutputData<T>.Known(value) with { IsSecret = true }));

    public static Output<T> CreateSecret<T>(Task<T> value) => new(KnownAsync(value, isSecret: true));

    public static Output<T> CreateSecret<T>(Output<T> value) => new(WithSecretAsync(value, isSecret: true));

    public static Output<T> Unsecret<T>(Output<T> output) => new(WithSecretAsync(output, isSecret: false));

    public static async Task<bool> IsSecretAsync<T>(Output<T> output) => (await output.Data).IsSecret;

    public static Output<ImmutableArray<T>> All<T>(params Input<T>[] inputs) => All((IEnumerable<Input<T>>)inputs);

    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Input<T>> inputs) => All(inputs.Select(input => input.ToOutput()));

    public static Output<ImmutableArray<T>> All<T>(params Output<T>[] outputs) => All((IEnumerable<Output<T>>)outputs);

    public static Output<ImmutableArray<T>> All<T>(IEnumerable<Output<T>> outputs) => new(AllAsync(outputs.ToArray()));

    /// <summary>The text with its holes filled, in the invariant culture; a hole may be a value, an input or an output.</summary>
    public static Output<string> Format(FormattableString formattableString) => Join(
        formattableString.GetArguments(),
        values => string.Format(CultureInfo.InvariantCulture, formattableString.Format, values));

    /// <summary>One output of several values, inputs and outputs of whatever types.</summary>
    internal static Output<TResult> Join<TResult>(IReadOnlyList<object?> parts, Func<object?[], TResult> join) =>
        new(JoinAsync(parts, join));

    private static async Task<OutputData<TResult>> JoinAsync<TResult>(IReadOnlyList<object?> parts, Func<object?[], TResult> join)
    {
        var traits = new OutputTraits();
        var values = new object?[parts.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = parts[i] switch
            {
                IInput input => traits.Add(await input.ToUntypedOutput().GetDataAsync()),
                IOutput output => traits.Add(await output.GetDataAsync()),
                var value => value,
            };
        }

        return OutputData<TResult>.Of(traits.IsKnown ? join(values) : default!, traits);
    }

    private static async Task<OutputData<ImmutableArray<T>>> AllAsync<T>(Output<T>[] outputs)
    {
        var traits = new OutputTraits();
        var values = ImmutableArray.CreateBuilder<T>(outputs.Length);
        foreach (var output in outputs)
            values.Add(traits.Add(await output.Data));

        return OutputData<ImmutableArray<T>>.Of(traits.IsKnown ? values.MoveToImmutable() : default, traits);
    }

    private static async Task<OutputData<T>> KnownAsync<T>(Task<T> value, bool isSecret) =>
        OutputData<T>.Known(await value) with { IsSecret = isSecret };

    private static async Task<OutputData<T>> WithSecretAsync<T>(Output<T> output, bool isSecret) =>
        await output.Data with { IsSecret = isSecret };
}
