using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>Makes environments: sorted by name, so that every target writes them in one order.</summary>
public static class Variables
{
    /// <summary>No variables.</summary>
    public static ImmutableSortedDictionary<string, Template> None { get; } =
        ImmutableSortedDictionary.Create<string, Template>(StringComparer.Ordinal);

    /// <summary>These variables; a later one replaces an earlier one of the same name.</summary>
    public static ImmutableSortedDictionary<string, Template> From(params (string Name, Template Value)[] variables)
    {
        var all = None.ToBuilder();
        foreach (var (name, value) in variables) all[name] = value;
        return all.ToImmutable();
    }
}
