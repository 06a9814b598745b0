using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>How a service's data leave it and come back: commands inside its container, with no secret among their arguments.</summary>
/// <param name="File">What the data are called in a backup: <c>postgres.dump</c>.</param>
/// <param name="Dump">
/// Writes the data to its output.
/// Where rows can be counted, it writes lines <c>rows "TABLE" COUNT</c> (with tabs) to its error stream.
/// </param>
/// <param name="Restore">
/// Restores them in steps, by the last argument: <c>prepare</c> reads them from its input and puts them beside what is there, which it
/// leaves alone (where they can be counted, it writes what <paramref name="Dump"/> writes of the rows); <c>drop</c> removes that;
/// <c>commit</c> gives it the place of what is there; <c>undo</c> puts that back where a commit has failed.
/// </param>
public sealed record ServiceBackup(string File, ImmutableArray<string> Dump, ImmutableArray<string> Restore)
{
    /// <summary>Whether the data are compressed as they come, or too few to compress. Defaults to no.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Whether they are restored beside the service, which is stopped meanwhile: by another container with its image and volumes.</summary>
    public bool RestoresStopped { get; init; }

    /// <summary>Reads a whole dump from its input, and fails where it cannot; not asked when empty.</summary>
    public ImmutableArray<string> Check { get; init; } = [];

    /// <summary>Writes the rows that are there as <see cref="Dump"/> does; they cannot be counted when empty.</summary>
    public ImmutableArray<string> Count { get; init; } = [];

    /// <summary>What a backup of it does not have, in a few words.</summary>
    public string? LeavesOut { get; init; }

    /// <summary>In what state a commit that failed leaves it, in a sentence; as it was when unset.</summary>
    public string? AfterFailure { get; init; }

    /// <summary>What goes along with it, in a file of its own, and is prepared before it.</summary>
    public ServiceBackup? Companion { get; init; }

    /// <summary>How a restore is rehearsed; not at all when unset.</summary>
    public RestoreDrill? Drill { get; init; }
}

/// <summary>How a restore is rehearsed in a container of the same image that nothing else can reach.</summary>
/// <param name="Command">What it runs.</param>
/// <param name="Environment">Its variables.</param>
/// <param name="Ready">Succeeds once it can be restored into.</param>
public sealed record RestoreDrill(
    ImmutableArray<string> Command,
    ImmutableSortedDictionary<string, Template> Environment,
    ImmutableArray<string> Ready
);
