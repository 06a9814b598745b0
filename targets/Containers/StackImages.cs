using System.Runtime.InteropServices;
using Infra.Model;
using Pulumi;
using Pulumi.Docker.Inputs;
using Docker = Pulumi.Docker;

namespace Infra.Targets.Containers;

/// <summary>The stack's images, each pulled or built once, where it is needed first.</summary>
internal sealed class StackImages(Naming naming)
{
    private readonly Dictionary<string, Docker.RemoteImage> pulled = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Docker.Image> built = new(StringComparer.Ordinal);

    // linux/{GOARCH} of the machine that the program and the provider run on; any other would be a difference to what is in the state.
    private static string? Default => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => "linux/amd64",
        Architecture.Arm64 => "linux/arm64",
        _ => null,
    };

    /// <summary>The image's id, never its tag: a tag leaves the container alone for ever, or replaces it each time.</summary>
    public Output<string> Id(Image image, string? platform = null) => image switch
    {
        PinnedImage pinned => Pull(pinned, platform).ImageId,
        BuiltImage build => Build(build).RepoDigest,
        _ => throw new ArgumentException($"{image} is neither pulled nor built."),
    };

    /// <summary>The build; made as the stack's own when no component claims it as a child first.</summary>
    public Docker.Image Build(BuiltImage image, Resource? parent = null)
    {
        if (built.TryGetValue(image.Name, out var resource)) return resource;
        var first = image.Base is null ? null : Build(image.Base);
        Resource[] before = first is null ? [] : [first];
        return built[image.Name] = new Docker.Image(image.Name, new Docker.ImageArgs
        {
            ImageName = naming.Tag(image),
            // Credentials are those of the Docker configuration: given here, they would be in the state.
            SkipPush = !image.Push,
            Build = Arguments(image, naming.Tag(image), first),
        }, new CustomResourceOptions { Parent = parent, DependsOn = before });
    }

    private Docker.RemoteImage Pull(PinnedImage image, string? platform)
    {
        var name = platform is null ? image.Reference : $"{image.Reference}-{platform.Replace('/', '-')}";
        if (pulled.TryGetValue(name, out var resource)) return resource;
        return pulled[name] = new Docker.RemoteImage(name, new Docker.RemoteImageArgs
        {
            Name = image.Reference,
            Platform = Unset.OrText(platform),
            KeepLocally = true,
        });
    }

    private static DockerBuildArgs Arguments(BuiltImage image, string tag, Docker.Image? first)
    {
        // Not absolute: another checkout, such as that of a pull request's preview, would rebuild everything.
        var context = ProjectPath.Relative(image.Context);
        var arguments = new InputMap<string>();
        foreach (var (name, value) in image.Args) arguments.Add(name, value);
        // No Dockerfile asks for it: a base that changed changes no other input of this build, which would then stay as it was.
        if (first is not null) arguments.Add("INFRA_BASE", first.RepoDigest);
        return new DockerBuildArgs
        {
            Context = context,
            Dockerfile = Path.Combine(context, image.Dockerfile),
            Target = Unset.OrText(image.Target),
            Network = Unset.OrText(image.Network),
            // The provider's own default, which it asks for in a notice at each run.
            Platform = Unset.OrText(image.Platforms.FirstOrDefault() ?? Default),
            Args = image.Args.IsEmpty && first is null ? null! : arguments,
            // The provider takes no layers for an image without a registry in its name.
            CacheFrom =
                image.CacheFrom.IsEmpty || !PinnedImage.HasRegistry(tag)
                    ? null
                    : (Input<CacheFromArgs>)new CacheFromArgs { Images = image.CacheFrom },
            BuilderVersion = Docker.BuilderVersion.BuilderBuildKit,
        };
    }
}
