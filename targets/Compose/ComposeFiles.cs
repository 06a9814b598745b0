using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Targets.Compose;

/// <summary>The files that a topology's services read.</summary>
public static class ComposeFiles
{
    /// <summary>The files that must be rendered beside the Compose file, by path.</summary>
    public static ImmutableArray<ComposeFile> Write(Topology topology, ComposeOptions options)
        => [.. FilePlan.For(topology, options).Entries.Where(entry => entry.Path is not null)
            .Select(entry => new ComposeFile(entry.Key, entry.Path!, entry.Content)).OrderBy(file => file.Path, StringComparer.Ordinal)];
}
