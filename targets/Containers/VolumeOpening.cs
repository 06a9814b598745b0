using System.Collections.Immutable;
using Infra.Model;
using Pulumi;
using Pulumi.Docker.Inputs;
using Docker = Pulumi.Docker;

namespace Infra.Targets.Containers;

/// <summary>
/// Lets services write to their volumes: before the first service that mounts one starts, a container runs that service's opener as
/// root, without a capability and without a network, and ends.
/// </summary>
internal sealed class VolumeOpening(Naming naming, StackVolumes volumes)
{
    /// <summary>What such a container's name ends in.</summary>
    public const string Suffix = "-volumes";

    private readonly Dictionary<string, Docker.Container> openers = new(StringComparer.Ordinal);

    /// <summary>Makes the container that opens what no service before this one had.</summary>
    /// <returns>The containers that must have ended before the service starts.</returns>
    public IEnumerable<Resource> Open(ServiceSpec spec, Input<string> image, CustomResourceOptions options)
    {
        var mounts = spec.VolumesToOpen().ToImmutableArray();
        var closed = mounts.Where(mount => !openers.ContainsKey(mount.Volume.Name)).ToImmutableArray();
        if (!closed.IsEmpty)
        {
            var opener = new Docker.Container(spec.Name + Suffix, Args(spec, closed, image), options);
            foreach (var mount in closed) openers.Add(mount.Volume.Name, opener);
        }

        return mounts.Select(mount => openers[mount.Volume.Name]).Distinct();
    }

    private Docker.ContainerArgs Args(ServiceSpec spec, ImmutableArray<VolumeMount> mounts, Input<string> image)
    {
        var args = OneShot.RootStep(naming, naming.Container(spec) + Suffix, image, spec, spec.Memory);
        args.Entrypoints = Unset.OrList([spec.VolumeOpener[0]]);
        args.Command = Unset.OrList([.. spec.VolumeOpener[1..], .. mounts.Select(mount => mount.Target)]);
        args.LogDriver = ContainerParts.LogDriver(spec.Logging);
        args.LogOpts = ContainerParts.LogOptions(spec.Logging);
        args.RemoveVolumes = true;
        args.Volumes = Unset.OrList(
            mounts.Select(mount => new ContainerVolumeArgs { VolumeName = volumes.Name(mount.Volume, spec), ContainerPath = mount.Target })
        );
        return args;
    }
}
