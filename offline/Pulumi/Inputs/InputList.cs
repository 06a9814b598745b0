using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>A list whose items, or the whole of which, may come later.</summary>
public sealed partial class InputList<T> : Input<ImmutableArray<T>>, IEnumerable, IAsyncEnumerable<Input<T>>
{
    private readonly List<Part> _parts = [];

    public InputList()
    {
    }

    private InputList(IEnumerable<Part> parts) => _parts.AddRange(parts);

    public void Add(params Input<T>[] inputs)
    {
        foreach (var input in inputs)
            _parts.Add(new(input, null));
    }

    public void Add(InputList<T> inputs) => AddRange(inputs);

    public void AddRange(InputList<T> inputs) => _parts.AddRange(inputs._parts.ToArray());

    /// <summary>A new list: this one's items, then the other's.</summary>
    public InputList<T> Concat(InputList<T> other) => new(_parts.Concat(other._parts));

    public async IAsyncEnumerator<Input<T>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        foreach (var item in (await AsOutput().Data).Value)
            yield return item;
    }

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException("An InputList cannot be enumerated: its items may come later. Use Apply.");

    internal override Output<ImmutableArray<T>> AsOutput() => new(GatherAsync(_parts.ToArray()));

    private static async Task<OutputData<ImmutableArray<T>>> GatherAsync(Part[] parts)
    {
        var traits = new OutputTraits();
        var items = ImmutableArray.CreateBuilder<T>(parts.Length);
        foreach (var part in parts)
        {
            if (part.Items is null)
                items.Add(traits.Add(await part.Item.ToOutput().Data));
            else if (traits.Add(await part.Items.Data) is { IsDefault: false } several)
                items.AddRange(several);
        }

        return OutputData<ImmutableArray<T>>.Of(traits.IsKnown ? items.ToImmutable() : default, traits);
    }

    /// <summary>One item, or a list that comes as a whole.</summary>
    private readonly record struct Part(Input<T>? Item, Output<ImmutableArray<T>>? Items);
}
