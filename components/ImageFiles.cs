using System.Collections.Immutable;
using Infra.Components.Programs;
using Infra.Components.Proxies;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="ImageFiles"/> needs to know.</summary>
public sealed record ImageFilesArgs
{
    /// <summary>The image; it must have a shell.</summary>
    public required Image Image { get; init; }

    /// <summary>The service whose image it is.</summary>
    public required string Service { get; init; }

    /// <summary>The folders in it.</summary>
    public required ImmutableArray<string> Folders { get; init; }
}

/// <summary>
/// The step that copies folders of a service's image to a volume, for the proxy to serve them. What the version before
/// had stays there until the next one.
/// </summary>
public sealed class ImageFiles(string name, ImageFilesArgs args, IServiceHost host, ComponentResourceOptions? options = null)
    : ServiceComponent(name, service => Describe(service, args), host, options)
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:ImageFiles";

    private const string Target = "/copied";

    /// <summary>The service that these arguments make.</summary>
    public static ServiceSpec Describe(string name, ImageFilesArgs args) => new(Kind, name)
    {
        Role = ServiceRole.Job,
        Image = args.Image,
        Entrypoint = [.. Script.Command("image-files")],
        Command = [Target, .. args.Folders],
        Mounts = [new VolumeMount(ImageFolder.VolumeOf(args.Service), Target), new TmpfsMount("/tmp", Size.MiB(64))],
        VolumeOpener = [.. Script.Command("open-volumes")],
        Memory = Size.MiB(128),
        Cpus = Cpu.Cores(1),
        Pids = 64,
        Capabilities = Capabilities.Only(),
        ReadOnly = true,
        Restart = RestartPolicy.No,
    };
}
