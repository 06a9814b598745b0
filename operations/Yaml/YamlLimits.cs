namespace Infra.Operations.Yaml;

/// <summary>What a YAML document may be.</summary>
/// <param name="Values">The most values in it.</param>
/// <param name="Levels">The most levels of lists and maps.</param>
/// <param name="AnyTag">Whether values may have tags of any kind, which say nothing here.</param>
internal sealed record YamlLimits(int Values, int Levels, bool AnyTag)
{
    /// <summary>More than any stack's settings need.</summary>
    public static YamlLimits Settings { get; } = new(10_000, 20, AnyTag: false);

    /// <summary>Other people's Compose files: of hundreds of services, with <c>!reset</c> and <c>!override</c>.</summary>
    public static YamlLimits Compose { get; } = new(500_000, 60, AnyTag: true);
}
