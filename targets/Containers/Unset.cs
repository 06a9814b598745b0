using System.Collections.Immutable;
using Pulumi;

namespace Infra.Targets.Containers;

/// <summary>Leaves out what the model does not say: to the provider an empty list, or a null text, differs from one that is not set.</summary>
internal static class Unset
{
    public static Input<string>? OrText(string? text) => text is null ? null : (Input<string>)text;

    public static InputList<T> OrList<T>(ImmutableArray<T> items) => items.IsEmpty ? null! : items;

    public static InputList<T> OrList<T>(IEnumerable<T> items) => OrList(items.ToImmutableArray());

    public static InputList<T> OrList<T>(IEnumerable<Input<T>> items)
    {
        var array = items.ToImmutableArray();
        return array.IsEmpty ? null! : array;
    }

    public static InputMap<string> OrMap(IEnumerable<KeyValuePair<string, string>> entries)
    {
        var map = entries.ToImmutableDictionary();
        return map.IsEmpty ? null! : (InputMap<string>)map;
    }
}
