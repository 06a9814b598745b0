using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Stacks.Configuration;

/// <summary>Volumes of the engine that take the place of the stack's own.</summary>
/// <param name="Names">What the engine calls each, by its name in the stack.</param>
public sealed record ExistingVolumes(ImmutableSortedDictionary<string, string> Names)
{
    private const string Key = "volumes";

    /// <summary>A service whose volumes are those.</summary>
    public ServiceSpec On(ServiceSpec service) => Names.IsEmpty ? service : service with { Mounts = [.. service.Mounts.Select(On)] };

    /// <summary>Names that no service mounts, and volumes that are the stack's already, under another name.</summary>
    public IEnumerable<Finding> Review(Topology topology)
    {
        var known = topology.Volumes.Select(volume => volume.Name).ToArray();
        foreach (var (name, existing) in Names)
            if (!known.Contains(name))
                yield return Error(name, "No service mounts a volume of this name.",
                    Nearest.HintOr(name, known, $"Volumes: {string.Join(", ", known)}."));
            else if (topology.Volumes.FirstOrDefault(other => other.Name != name && other.Existing is null
                && topology.Naming.Volume(other) == existing) is { } own)
                yield return Error(name, $"'{existing}' is the stack's own volume '{own.Name}'.", "Name another one, or drop the line.");
    }

    internal static ExistingVolumes Read(Section root) =>
        new(
            root.ExistingVolumes(
                Key,
                "volumes that are on the engine already, by the names of the stack's whose place they take: `{ postgres: shop_pgdata }`. "
                    + "They are [taken over](applications.md#volumes-that-exist-already), and never removed"
            )
        );

    private Mount On(Mount mount) => mount is VolumeMount { Volume: var volume } named && Names.TryGetValue(volume.Name, out var existing)
        ? named with { Volume = volume with { Existing = existing } }
        : mount;

    private static Finding Error(string name, string what, string then)
        => new("SETTINGS", Severity.Error, $"infra:{Key}.{Visible.Beginning(name)}", what, then);
}
