using System.Collections.Immutable;
using Pulumi;
using Pulumi.Docker.Inputs;
using Docker = Pulumi.Docker;

namespace Infra.Targets.Containers;

/// <summary>A service's files on their way to it.</summary>
/// <param name="Version">Changes whenever a file changes, but for those with the password that the service is told as it runs.</param>
/// <param name="Passwords">What carries those; its id changes whenever one of them does.</param>
/// <param name="Volumes">The volume's name for each folder.</param>
internal sealed record CarriedFiles(Output<string>? Version, Docker.Container? Passwords, ImmutableSortedDictionary<string, Output<string>> Volumes)
{
    public IEnumerable<ContainerVolumeArgs> Mount(bool readOnly) => MountAll(Volumes, readOnly);

    public static IEnumerable<ContainerVolumeArgs> MountAll(ImmutableSortedDictionary<string, Output<string>> volumes, bool readOnly)
        => volumes.Select(volume => new ContainerVolumeArgs { VolumeName = volume.Value, ContainerPath = volume.Key, ReadOnly = readOnly });
}
