using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>What happens to a running development service when files change.</summary>
public enum WatchAction
{
    /// <summary>The files are copied into the container.</summary>
    Sync,

    /// <summary>The image is built again and the container replaced.</summary>
    Rebuild,
}

/// <summary>A rule of watch mode.</summary>
/// <param name="Action">What to do.</param>
/// <param name="Path">What is watched, relative to the project's root.</param>
public sealed record WatchRule(WatchAction Action, string Path)
{
    /// <summary>Where it is copied to in the container, with <see cref="WatchAction.Sync"/>.</summary>
    public string? Target { get; init; }

    /// <summary>Patterns below the path that are left out.</summary>
    public ImmutableArray<string> Ignore { get; init; } = [];
}
