using System.Collections.Immutable;
using Infra.Components.Programs;
using Infra.Model;

namespace Infra.Components.Parts;

/// <summary>How edited code reaches a running development container.</summary>
public enum ReloadMode
{
    /// <summary>The folders are mounted from the host.</summary>
    Mount,

    /// <summary>Watch mode copies what changed: for an engine on another machine.</summary>
    Sync,
}

/// <summary>What restarts a development service after an edit.</summary>
public enum Reloader
{
    /// <summary><c>reload.py</c>: what the application imports stays loaded, and a stop is waited for.</summary>
    Preload,

    /// <summary>uvicorn's own reload, and watchfiles for everything else.</summary>
    Watchfiles,
}

/// <summary>The code that a development service reloads when it is edited.</summary>
/// <param name="Context">The application's folder, relative to the project's root.</param>
/// <param name="Directory">Where that folder's content lies in the image: <c>/app</c>.</param>
/// <param name="Folders">The folders below it that are watched, and nothing else.</param>
public sealed record Reload(string Context, string Directory, ImmutableArray<string> Folders)
{
    /// <summary>How edits arrive. Defaults to a mount.</summary>
    public ReloadMode Mode { get; init; } = ReloadMode.Mount;

    /// <summary>What restarts the service after an edit. Defaults to preload.</summary>
    public Reloader Reloader { get; init; }

    /// <summary>
    /// Files below the context whose change rebuilds the image, beside its Dockerfile.
    /// Defaults to uv's. They may be made while Compose watches: it waits for a file that is not there.
    /// </summary>
    public ImmutableArray<string> RebuildOn { get; init; } = ["uv.lock", "pyproject.toml"];

    /// <summary>What is never copied.</summary>
    public ImmutableArray<string> Ignore { get; init; } =
    [
        ".venv/", "__pycache__/", "**/*.pyc", "**/__pycache__/", ".pytest_cache/", ".ruff_cache/", "htmlcov/", ".coverage", "*.md", "compose*.yaml",
    ];

    /// <summary>The folders in the container.</summary>
    public ImmutableArray<string> Targets => [.. Folders.Select(folder => $"{Directory}/{folder}")];

    /// <summary>The program that reloads, as the container gets it.</summary>
    public static ServiceFile Program { get; } = new("reload.py", Embedded.Text("reload.py"));

    /// <summary>The command, restarted whenever Python code in the folders changes, and only then.</summary>
    /// <param name="command">The command.</param>
    /// <param name="overlap">Whether a new start need not wait for the end of the old one.</param>
    public ImmutableArray<string> Around(ImmutableArray<string> command, bool overlap) => (Reloader, command[0]) switch
    {
        (Reloader.Preload, _) => ["python3", Program.Path, .. overlap ? new[] { "--overlap" } : [], .. Targets, "--", .. command],
        // uvicorn keeps its socket open meanwhile.
        (_, "uvicorn") => [.. command, "--reload", .. Targets.SelectMany(folder => new[] { "--reload-dir", folder })],
        _ => ["watchfiles", "--filter", "python", string.Join(' ', command.Select(Quote)), .. Targets],
    };

    internal static string Quote(string word) =>
        word.All(letter => char.IsAsciiLetterOrDigit(letter) || "-_./:=@%+,".Contains(letter, StringComparison.Ordinal))
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
