using Infra.Model;
using Pulumi;
using Pulumi.Docker.Inputs;
using Docker = Pulumi.Docker;

namespace Infra.Targets.Containers;

/// <summary>The stack's volumes, each of its own made once, by the first service that mounts it.</summary>
internal sealed class StackVolumes(Naming naming)
{
    private readonly Dictionary<string, Docker.Volume> made = new(StringComparer.Ordinal);

    /// <summary>The volume's physical name; <paramref name="writer"/> is noted on it as what first wrote it.</summary>
    public Output<string> Name(Volume volume, ServiceSpec writer, Resource? parent = null)
    {
        // A resource of it would be removed with the stack, or fail at once: it is there.
        if (volume.Existing is { } existing) return Output.Create(existing);
        if (made.TryGetValue(volume.Name, out var resource))
            return resource.Name;
        var labels = WrittenBy.From(writer)?.Label is { } mark
            ? ContainerLabels.ForStack(naming).Append((Name: Labels.WrittenBy, Value: mark))
            : ContainerLabels.ForStack(naming);
        resource = new Docker.Volume(
            volume.Name,
            new Docker.VolumeArgs
            {
                Name = naming.Volume(volume),
                Labels = Unset.OrList(labels.Select(label => new VolumeLabelArgs { Label = label.Name, Value = label.Value })),
            },
            new CustomResourceOptions
            {
                Parent = parent,
                RetainOnDelete = volume.HoldsState ? true : null,
                // A changed label replaces the volume, and its data with it.
                IgnoreChanges = { "labels" },
            }
        );
        made.Add(volume.Name, resource);
        return resource.Name;
    }
}
