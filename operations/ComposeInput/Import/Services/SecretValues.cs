namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>Values that belong into <c>.secrets</c>, by their names there. The same value is one secret, so that it stays the same.</summary>
internal sealed class SecretValues
{
    // A value that many have by chance is not shared.
    private const int ShortestShared = 10;

    private readonly SortedDictionary<string, string> values = new(StringComparer.Ordinal);

    /// <summary>All of them.</summary>
    public IReadOnlyDictionary<string, string> All => values;

    /// <summary>Notes a value.</summary>
    /// <param name="name">The name that it gets unless another value has that.</param>
    /// <param name="value">The value.</param>
    /// <param name="owner">What makes the name its own where that is so.</param>
    /// <returns>Its name.</returns>
    public string Add(string name, string value, string owner)
    {
        if (!values.TryGetValue(name, out var known) || known == value)
        {
            values[name] = value;
            return name;
        }

        var own = $"{owner.ToLowerInvariant().Replace('_', '-')}-{name}";
        for (var number = 2; values.TryGetValue(own, out known) && known != value; number++)
            own = FormattableString.Invariant($"{owner}-{name}-{number}");
        values[own] = value;
        return own;
    }

    /// <summary>The name under which a value is noted already, where it is one that nobody else has by chance.</summary>
    public string? Shared(string value) => value.Length < ShortestShared ? null : NameOf(value);

    /// <summary>The name under which a value is noted already.</summary>
    public string? NameOf(string value) => values.Where(secret => secret.Value == value).Select(secret => secret.Key).FirstOrDefault();
}
