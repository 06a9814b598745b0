using System.Collections.Immutable;

namespace Pulumi;

/// <summary>What an output comes to: a value, and what is known about it.</summary>
/// <remarks>A class: the runtime compiles tasks of structs again for each type, which a cold start would pay for.</remarks>
internal sealed record OutputData<T>(ImmutableHashSet<Resource> Resources, T Value, bool IsKnown, bool IsSecret)
{
    public static OutputData<T> Known(T value) => new(ImmutableHashSet<Resource>.Empty, value, IsKnown: true, IsSecret: false);

    public static OutputData<T> Unknown(T value) => new(ImmutableHashSet<Resource>.Empty, value, IsKnown: false, IsSecret: false);

    /// <summary>The same, with what <paramref name="traits"/> gathered from the parts.</summary>
    public static OutputData<T> Of(T value, OutputTraits traits) => new(traits.Resources, value, traits.IsKnown, traits.IsSecret);
}
