using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A map whose values, or the whole of which, may come later.</summary>
public sealed class InputMap<TValue>
    : Input<ImmutableDictionary<string, TValue>>, IEnumerable, IAsyncEnumerable<Input<KeyValuePair<string, TValue>>>
{
    private readonly List<Part> _parts = [];

    public InputMap()
    {
    }

    private InputMap(IEnumerable<Part> parts) => _parts.AddRange(parts);

    /// <remarks>Adds: a key that is set twice to different values faults the map.</remarks>
    public Input<TValue> this[string key]
    {
        set => Add(key, value);
    }

    public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) => Of(Output.Create(values.ToImmutableDictionary()));

    public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) => Of(Output.Create(values));

    public static implicit operator InputMap<TValue>(Output<Dictionary<string, TValue>> values) =>
        Of(values.Apply(ImmutableDictionary.CreateRange));

    public static implicit operator InputMap<TValue>(Output<IDictionary<string, TValue>> values) =>
        Of(values.Apply(ImmutableDictionary.CreateRange));

    public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values) => Of(values);

    /// <summary>Both maps in one; of a key in both, the second's value.</summary>
    public static InputMap<TValue> Merge(InputMap<TValue> first, InputMap<TValue> second) =>
        Of(Output.Tuple(first.AsOutput(), second.AsOutput()).Apply(maps => maps.Item1.SetItems(maps.Item2)));

    public void Add(string key, Input<TValue> value) => _parts.Add(new(key, value, null));

    public void Add(InputMap<TValue> values) => AddRange(values);

    public void AddRange(InputMap<TValue> values) => _parts.AddRange(values._parts.ToArray());

    public async IAsyncEnumerator<Input<KeyValuePair<string, TValue>>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        foreach (var pair in (await AsOutput().Data).Value)
            yield return pair;
    }

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException("An InputMap cannot be enumerated: its values may come later. Use Apply.");

    internal override Output<ImmutableDictionary<string, TValue>> AsOutput() => new(GatherAsync(_parts.ToArray()));

    private static InputMap<TValue> Of(Output<ImmutableDictionary<string, TValue>> map) => new([new Part(null, null, map)]);

    private static async Task<OutputData<ImmutableDictionary<string, TValue>>> GatherAsync(Part[] parts)
    {
        var traits = new OutputTraits();
        var map = ImmutableDictionary.CreateBuilder<string, TValue>();
        foreach (var part in parts)
        {
            if (part.Key is not null)
                map.Add(part.Key, traits.Add(await part.Value.ToOutput().Data));
            else if (traits.Add(await part.Map!.Data) is { } several)
                map.AddRange(several);
        }

        return OutputData<ImmutableDictionary<string, TValue>>.Of(traits.IsKnown ? map.ToImmutable() : null!, traits);
    }

    /// <summary>One value under its key, or a map that comes as a whole.</summary>
    private readonly record struct Part(string? Key, Input<TValue>? Value, Output<ImmutableDictionary<string, TValue>>? Map);
}
