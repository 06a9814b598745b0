using System.Collections.Immutable;
using Infra.Model;
using Pulumi;
using Pulumi.Docker.Inputs;
using Docker = Pulumi.Docker;

namespace Infra.Targets.Containers;

/// <summary>
/// Brings files to services: a second container, never started, carries them as uploads into volumes that the service mounts.
/// A container with a read-only root takes no uploads itself, not even on a volume.
/// </summary>
internal sealed class FilesCarrier(Naming naming, Filler filler, StackVolumes volumes)
{
    /// <summary>What a carrier's name ends in.</summary>
    public const string Suffix = "-files";

    // For everybody to read: the files belong to root, whoever the service runs as.
    private const string Permissions = "0444";

    public CarriedFiles? Carry(ServiceSpec spec, Input<string> image, CustomResourceOptions options)
    {
        if (spec.Files.IsEmpty) return null;
        var folders = spec.Files.Select(file => file.Directory).Distinct().ToImmutableSortedDictionary(
            folder => folder, folder => volumes.Name(Volume(spec, folder), spec, options.Parent), StringComparer.Ordinal);
        var carrier = new Docker.Container(spec.Name + Suffix, Args(spec, image, folders), options);
        return new CarriedFiles(carrier.Id, folders);
    }

    /// <summary>The volume that brings a folder's files: <c>web-secrets</c>, <c>web-configs</c>.</summary>
    public static Volume Volume(ServiceSpec spec, string folder) => new($"{spec.Name}-{Path.GetFileName(folder)}", HoldsState: false);

    private Docker.ContainerArgs Args(ServiceSpec spec, Input<string> image, ImmutableSortedDictionary<string, Output<string>> folders) => new()
    {
        Name = naming.Container(spec) + Suffix,
        Image = image,
        // Never run; but an image without a command of its own needs one to be created from.
        Command = "true",
        Start = false,
        MustRun = false,
        Restart = "no",
        NetworkMode = "none",
        // Only volumes without a name go with it: the image may declare some for data that a carrier never has.
        RemoveVolumes = true,
        DestroyGraceSeconds = 1,
        Labels = Unset.OrList(StackLabels.Of(naming).Select(label => new ContainerLabelArgs { Label = label.Name, Value = label.Value })),
        Volumes = Unset.OrList(CarriedFiles.MountAll(folders, readOnly: false)),
        Uploads = Unset.OrList(spec.Files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => new ContainerUploadArgs
        {
            File = file.Path,
            Content = filler.Fill(file.Content),
            Permissions = Permissions,
        })),
    };
}
