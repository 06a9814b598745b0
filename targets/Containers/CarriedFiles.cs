using System.Collections.Immutable;
using Pulumi;
using Pulumi.Docker.Inputs;

namespace Infra.Targets.Containers;

/// <summary>A service's files on their way to it.</summary>
/// <param name="Version">Changes whenever a file changes.</param>
/// <param name="Volumes">The volume's name for each folder.</param>
internal sealed record CarriedFiles(Output<string> Version, ImmutableSortedDictionary<string, Output<string>> Volumes)
{
    public IEnumerable<ContainerVolumeArgs> Mount(bool readOnly) => MountAll(Volumes, readOnly);

    public static IEnumerable<ContainerVolumeArgs> MountAll(ImmutableSortedDictionary<string, Output<string>> volumes, bool readOnly)
        => volumes.Select(volume => new ContainerVolumeArgs { VolumeName = volume.Value, ContainerPath = volume.Key, ReadOnly = readOnly });
}
