using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Targets;

namespace Infra.Operations.ComposeEngine;

/// <summary>
/// Makes a stack's own volumes before Compose is called, which takes them as they are. Those that it makes itself carry a hash of their
/// definition, and from 2.35 on it offers to remove one, and its data, whose definition has changed
/// (docker/compose, <c>reconcileVolumes</c>).
/// </summary>
public static class ComposeVolumes
{
    /// <exception cref="UserErrorException">The engine does not make one, or does not say which there are.</exception>
    public static async Task MakeAsync(Docker docker, Topology topology, CancellationToken cancellationToken)
    {
        var existing = (await docker.VolumesAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
        foreach (var volume in topology.Volumes.Where(volume => volume.Existing is null))
        {
            var name = topology.Naming.Volume(volume);
            if (existing.Contains(name)) continue;
            var labels = LabelsOf(topology, volume).SelectMany(label => new[] { "--label", $"{label.Name}={label.Value}" });
            var made = await docker.RunAsync(["volume", "create", .. labels, name], cancellationToken);
            if (!made.Succeeded) throw UserErrorException.Failed($"{name}: The volume was not created: {made.Reason} Nothing was started.");
        }
    }

    private static IEnumerable<(string Name, string Value)> LabelsOf(Topology topology, Volume volume)
    {
        // Compose's own, by which its other tools group them.
        yield return ("com.docker.compose.project", topology.Naming.Name);
        yield return ("com.docker.compose.volume", volume.Name);
        yield return (Labels.Engine, EngineKind.Compose.Name());
        yield return (Labels.Stack, topology.Naming.Name);
        if (WrittenBy.Owner(topology, volume) is { } owner && WrittenBy.From(owner) is { } writer) yield return (Labels.WrittenBy, writer.Label);
    }
}
