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

    /// <summary>What the name of one for the files with the service's own password ends in.</summary>
    public const string PasswordSuffix = "-password";

    // Readable by all: the files belong to root, whatever user the service runs as.
    private const string Permissions = "0444";

    /// <summary>
    /// Makes the carrier of a service's files, if it has some, and one of those with the password that is changed while it runs: a new value
    /// lies there at its next start, and that replaces nothing.
    /// </summary>
    /// <param name="spec">The service.</param>
    /// <param name="suffix">
    /// What the names of its container end in. The carrier's and its volumes' do so too: one carrier for two generations would be
    /// replaced, and Pulumi deletes what depends on it before that, the container that still serves.
    /// </param>
    /// <param name="image">Any image that is there.</param>
    /// <param name="options">The carrier's options.</param>
    public CarriedFiles? Carry(ServiceSpec spec, string suffix, Input<string> image, CustomResourceOptions options)
    {
        if (spec.Files.IsEmpty) return null;
        var folders = spec.Files.Select(file => file.Directory).Distinct().ToImmutableSortedDictionary(
            folder => folder, folder => volumes.Name(Volume(spec, folder, suffix), spec, options.Parent), StringComparer.Ordinal);
        var passwordFiles = Carried(spec);
        var files = Make(Suffix, [.. spec.Files.Except(passwordFiles)]);
        return new CarriedFiles(files?.Id, Make(PasswordSuffix, passwordFiles), folders);

        Docker.Container? Make(string kind, ImmutableArray<ServiceFile> files) => files.IsEmpty
            ? null
            : new Docker.Container(spec.Name + suffix + kind, Args(naming.Container(spec) + suffix + kind, files, image, folders), options);
    }

    /// <summary>The files with the password that is changed while the service runs.</summary>
    public static ImmutableArray<ServiceFile> Carried(ServiceSpec spec)
        => spec.PasswordChange is { } change ? [.. spec.Files.Where(file => file.Content.Secrets.Contains(change.Secret))] : [];

    /// <summary>The volume that brings a folder's files: <c>web-secrets</c>, <c>web-configs</c>.</summary>
    public static Volume Volume(ServiceSpec spec, string folder, string suffix = "") =>
        new($"{spec.Name}{suffix}-{Path.GetFileName(folder)}", HoldsState: false);

    private Docker.ContainerArgs Args(
        string name,
        ImmutableArray<ServiceFile> files,
        Input<string> image,
        ImmutableSortedDictionary<string, Output<string>> folders
    )
    {
        var args = OneShot.Container(naming, name, image);
        // Never run; but an image without a command of its own needs one to be created from.
        args.Command = "true";
        args.Start = false;
        // Only volumes without a name go with it: the image may declare some for data that a carrier never has.
        args.RemoveVolumes = true;
        var used = folders.RemoveRange(folders.Keys.Except(files.Select(file => file.Directory)));
        args.Volumes = Unset.OrList(CarriedFiles.MountAll(used, readOnly: false));
        args.Uploads = Unset.OrList(files.OrderBy(file => file.Path, StringComparer.Ordinal).Select(file => new ContainerUploadArgs
        {
            File = file.Path,
            Content = filler.Fill(file.Content),
            Permissions = Permissions,
        }));
        return args;
    }
}

/// <summary>A service's files on their way to it.</summary>
/// <param name="Version">Changes whenever a file changes, but for those with the password that is changed while the service runs.</param>
/// <param name="Passwords">What carries those; its id changes whenever one of them does.</param>
/// <param name="Volumes">The volume's name for each folder.</param>
internal sealed record CarriedFiles(Output<string>? Version, Docker.Container? Passwords, ImmutableSortedDictionary<string, Output<string>> Volumes)
{
    public IEnumerable<ContainerVolumeArgs> Mount(bool readOnly) => MountAll(Volumes, readOnly);

    public static IEnumerable<ContainerVolumeArgs> MountAll(ImmutableSortedDictionary<string, Output<string>> volumes, bool readOnly)
        => volumes.Select(volume => new ContainerVolumeArgs { VolumeName = volume.Value, ContainerPath = volume.Key, ReadOnly = readOnly });
}
