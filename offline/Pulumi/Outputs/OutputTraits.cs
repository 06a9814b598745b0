using System.Collections.Immutable;

namespace Pulumi;

/// <summary>Gathers what holds for a whole from its parts: unknown or secret if one of them is, and dependent on all.</summary>
internal sealed class OutputTraits
{
    public ImmutableHashSet<Resource> Resources { get; private set; } = ImmutableHashSet<Resource>.Empty;

    public bool IsKnown { get; private set; } = true;

    public bool IsSecret { get; private set; }

    public T Add<T>(OutputData<T> part)
    {
        Resources = Resources.Union(part.Resources);
        IsKnown &= part.IsKnown;
        IsSecret |= part.IsSecret;
        return part.Value;
    }
}
