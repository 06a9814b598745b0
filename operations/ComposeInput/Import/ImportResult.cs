using System.Collections.Immutable;
using Infra.Operations.ComposeInput.Import.Outcomes;

namespace Infra.Operations.ComposeInput.Import;

/// <summary>What Compose files have become.</summary>
/// <param name="Stack">The stack's name.</param>
/// <param name="Settings">The text of its settings file.</param>
public sealed record ImportResult(string Stack, string Settings)
{
    /// <summary>The services, in the order of the file.</summary>
    public ImmutableArray<ImportedService> Services { get; init; } = [];

    /// <summary>What became of each key.</summary>
    public ImmutableArray<KeyOutcome> Outcomes { get; init; } = [];

    /// <summary>The values of its secrets, by their names in <c>.secrets/STACK</c>. They are never printed.</summary>
    public ImmutableSortedDictionary<string, string> Secrets { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Further files, by their paths below the project's root.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>How many keys became that.</summary>
    public int Count(OutcomeKind kind) => Outcomes.Count(outcome => outcome.Kind == kind);
}

/// <summary>A service that was imported.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="SettingsName">Its name in the settings: the same, but where the settings do not take that.</param>
/// <param name="Kind">Its kind in the settings.</param>
public sealed record ImportedService(string Name, string SettingsName, string Kind);
