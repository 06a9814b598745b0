using System.Collections.Immutable;

namespace Infra.Components;

/// <summary>How edited code reaches a running development container.</summary>
public enum ReloadMode
{
    /// <summary>The folders are mounted from the host.</summary>
    Mount,

    /// <summary>Watch mode copies what changed: for an engine on another machine.</summary>
    Sync,
}

/// <summary>The code that a development service reloads when it is edited.</summary>
/// <param name="Context">The application's folder, relative to the project's root.</param>
/// <param name="Directory">Where that folder's content lies in the image: <c>/app</c>.</param>
/// <param name="Folders">The folders below it that are watched, and nothing else.</param>
public sealed record Reload(string Context, string Directory, ImmutableArray<string> Folders)
{
    /// <summary>How edits arrive. Defaults to a mount.</summary>
    public ReloadMode Mode { get; init; } = ReloadMode.Mount;

    /// <summary>Files whose change rebuilds the image, where they exist. Defaults to the locks and lists of dependencies.</summary>
    public ImmutableArray<string> RebuildOn { get; init; } = ["uv.lock", "pyproject.toml"];

    /// <summary>What is never copied.</summary>
    public ImmutableArray<string> Ignore { get; init; } =
    [
        ".venv/", "__pycache__/", "**/*.pyc", "**/__pycache__/", ".pytest_cache/", ".ruff_cache/", "htmlcov/", ".coverage", "*.md", "compose*.yaml",
    ];

    /// <summary>The folders in the container.</summary>
    public ImmutableArray<string> Targets => [.. Folders.Select(folder => $"{Directory}/{folder}")];
}
