using System.Collections.Immutable;
using System.Globalization;
using Infra.Components;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Targets;

namespace Infra.Operations.Running;

/// <summary>Refuses to start on data that another image wrote, by a volume's label, and by what Postgres says in it of itself.</summary>
public sealed class WrittenVolumes(Docker docker, Topology topology)
{
    // A cluster at the volume's root, as up to Postgres 17, or in a folder per version.
    private const string Clusters =
        "cd /volume; for file in PG_VERSION */docker/PG_VERSION; do if [ -s \"$file\" ]; then echo \"$file $(cat \"$file\")\"; fi; done";

    private Naming Naming => topology.Naming;

    /// <exception cref="UserErrorException">A volume was written by another image family, major version or C library.</exception>
    public async Task RequireSameWriterAsync(CancellationToken cancellationToken)
    {
        var labels = await LabelsAsync(cancellationToken);
        var faults = new List<string>();
        foreach (var (volume, owner, writer) in Owned())
        {
            var name = Naming.Volume(volume);
            if (labels.GetValueOrDefault(name) is not { Length: > 0 } label || writer.Wrote(label)) continue;
            var fault = $"{name}: The volume was written by {label}, and {writer.Label} would start on it now. ";
            faults.Add(fault + (owner.Kind == Postgres.Kind
                ? PostgresMove.Advice(Naming, owner, volume, label, writer.Label, await ImagesAsync(name, cancellationToken))
                : $"Keep the images it was made with (--images, or the image in {Workspace.SettingsName(Naming.Stack)}), move the data by a dump, "
                    + (volume.Existing is null
                        ? $"or remove the volume with './infra.sh down {Naming.Stack} --volumes'."
                        : $"or drop 'infra:volumes.{volume.Name}'.")));
        }

        if (faults.Count > 0) throw UserErrorException.BadInput(faults);
    }

    /// <summary>
    /// The same for Postgres on a volume of the stack's own whose label is missing or incomplete: where an image is on the engine by which
    /// it can be read.
    /// </summary>
    /// <exception cref="UserErrorException">A volume has the data of another major version.</exception>
    public async Task RequireSameMajorAsync(CancellationToken cancellationToken)
    {
        var labels = await LabelsAsync(cancellationToken);
        var faults = new List<string>();
        foreach (var (named, owner, writer) in Owned().Where(owned => owned.Volume.Existing is null))
        {
            var volume = Naming.Volume(named);
            var label = labels.GetValueOrDefault(volume);
            if (label == writer.Label || owner.Kind != Postgres.Kind) continue;
            if (PostgresLayout.Major(owner.Image) is not { } major) continue;
            if (label is null && !(await docker.VolumesAsync(cancellationToken)).Contains(volume)) continue;
            var images = await ImagesAsync(volume, cancellationToken);
            var clusters = await ClustersAsync(volume, [.. images, Naming.Reference(owner.Image)], cancellationToken);
            if (Other(major, clusters) is not { } found) continue;
            faults.Add($"{volume}: The volume has data of Postgres {found}, and {writer.Label} would start on it now. "
                + PostgresMove.Advice(Naming, owner, named, FormattableString.Invariant($"registry/postgres:{found}"), writer.Label, images));
        }

        if (faults.Count > 0) throw UserErrorException.BadInput(faults);
    }

    // What another version left in its own folder beside this one's is no hindrance.
    private static int? Other(int major, ImmutableArray<(string File, int Major)> clusters)
    {
        var own = PostgresLayout.Folder(major) == PostgresLayout.Parent ? FormattableString.Invariant($"{major}/docker/PG_VERSION") : "PG_VERSION";
        return clusters.IsEmpty || clusters.Contains((own, major)) ? null : clusters.Max(cluster => cluster.Major);
    }

    private IEnumerable<(Volume Volume, ServiceSpec Owner, WrittenBy Writer)> Owned() =>
        from volume in topology.Volumes
        let owner = WrittenBy.Owner(topology, volume)
        where owner is not null
        let writer = WrittenBy.From(owner)
        where writer is not null
        select (volume, owner, writer);

    // What is taken over may be of another stack.
    private bool IsOwnAlone => topology.Volumes.All(volume => volume.Existing is null);

    private async Task<Dictionary<string, string>> LabelsAsync(CancellationToken cancellationToken)
        => (await docker.LabelledAsync("volume", IsOwnAlone ? Naming : null, Labels.WrittenBy, cancellationToken))
            .ToDictionary(volume => volume.Name, volume => volume.Label, StringComparer.Ordinal);

    // Of the containers that use it.
    private async Task<ImmutableArray<string>> ImagesAsync(string volume, CancellationToken cancellationToken)
    {
        var listed = await docker.RunAsync(["ps", "--all", "--filter", $"volume={volume}", "--format", "{{.Image}}"], cancellationToken);
        return [.. Docker.Lines(listed).Distinct()];
    }

    private async Task<ImmutableArray<(string File, int Major)>> ClustersAsync(
        string volume, ImmutableArray<string> images, CancellationToken cancellationToken)
    {
        foreach (var image in images)
        {
            var read = await docker.RunAsync(
                [
                    "run", "--rm", "--pull", "never", "--network", "none", "--read-only", "--user", "0:0",
                    "--cap-drop", "ALL", "--cap-add", "DAC_OVERRIDE",
                    "--volume", $"{volume}:/volume:ro,nocopy", "--entrypoint", "sh", image, "-c", Clusters,
                ], cancellationToken);
            if (!read.Succeeded) continue;
            return
            [
                .. from line in Docker.Lines(read)
                   let parts = line.Split(' ')
                   where parts.Length == 2
                   select (parts[0], int.Parse(parts[1].Split('.')[0], CultureInfo.InvariantCulture)),
            ];
        }

        return [];
    }
}
