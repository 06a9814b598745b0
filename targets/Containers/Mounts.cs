using Infra.Model;
using Pulumi;
using Pulumi.Docker.Inputs;

namespace Infra.Targets.Containers;

/// <summary>Volumes and host folders.</summary>
internal static class Mounts
{
    /// <summary>The service's own volumes.</summary>
    public static IEnumerable<ContainerVolumeArgs> Volumes(ServiceSpec spec, StackVolumes volumes) =>
        spec
            .Mounts.OfType<VolumeMount>()
            .Select(mount => new ContainerVolumeArgs
            {
                VolumeName = volumes.Name(mount.Volume, spec),
                ContainerPath = mount.Target,
                ReadOnly = mount.ReadOnly,
            });

    /// <summary>Folders and files of the host: as mounts, which refuse a source that is not there instead of making an empty folder.</summary>
    public static InputList<ContainerMountArgs> Binds(ServiceSpec spec) => Unset.OrList(
        spec.Mounts.OfType<BindMount>().Select(mount => new ContainerMountArgs
        {
            Type = "bind",
            Source = ProjectPath.Absolute(mount.Source),
            Target = mount.Target,
            ReadOnly = mount.ReadOnly,
        }));
}
