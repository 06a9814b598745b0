using System.Collections.Immutable;

namespace Infra.Model;

/// <summary>How a service's data leave it and come back: commands inside its container, with no secret among their words.</summary>
/// <param name="File">What the data are called in a backup: <c>postgres.dump</c>.</param>
/// <param name="Dump">Writes the data to its output and, where they can be counted, lines <c>rows TABLE COUNT</c> (with tabs) to its error stream.</param>
/// <param name="Restore">Reads them from its input, and leaves what was there as it was when it fails.</param>
public sealed record ServiceBackup(string File, ImmutableArray<string> Dump, ImmutableArray<string> Restore)
{
    /// <summary>Whether the data are compressed as they come. Defaults to no.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Whether the data are restored beside the service, which is stopped: by another container with its image and volumes.</summary>
    public bool RestoresStopped { get; init; }

    /// <summary>What a backup of it does not have, in a few words.</summary>
    public string? LeavesOut { get; init; }

    /// <summary>How a restore is rehearsed; not at all when unset.</summary>
    public RestoreDrill? Drill { get; init; }
}

/// <summary>How a restore is rehearsed in a container of the same image that nothing else can reach.</summary>
/// <param name="Command">What it runs.</param>
/// <param name="Environment">Its variables.</param>
/// <param name="Ready">Succeeds once it can be restored into.</param>
/// <param name="Count">Writes what <see cref="ServiceBackup.Dump"/> writes of the rows.</param>
public sealed record RestoreDrill(
    ImmutableArray<string> Command,
    ImmutableSortedDictionary<string, Template> Environment,
    ImmutableArray<string> Ready,
    ImmutableArray<string> Count);
