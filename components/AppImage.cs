using System.Collections.Immutable;
using Infra.Model;
using Infra.Targets;
using Pulumi;

namespace Infra.Components;

/// <summary>What <see cref="AppImage"/> needs to know. Paths are relative to the project's root.</summary>
public sealed record AppImageArgs
{
    /// <summary>The application's folder.</summary>
    public required string Context { get; init; }

    /// <summary>The Dockerfile, relative to the context. Defaults to <c>Dockerfile</c>.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    /// <summary>The Dockerfile for places without a registry, relative to the context. Defaults to <c>debian.Dockerfile</c>.</summary>
    public string? DebianDockerfile { get; init; } = "debian.Dockerfile";

    /// <summary>The stage to build; the last one when unset.</summary>
    public string? Target { get; init; }

    /// <summary>Build arguments.</summary>
    public ImmutableSortedDictionary<string, string> Args { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The name and tag of the result; the stack's own when unset.</summary>
    public string? Tag { get; init; }

    /// <summary>Platforms to build for; the engine's own when empty.</summary>
    public ImmutableArray<string> Platforms { get; init; } = [];

    /// <summary>Images in a registry whose layers may be reused.</summary>
    public ImmutableArray<string> CacheFrom { get; init; } = [];

    /// <summary>Images in a registry that take this build's layers.</summary>
    public ImmutableArray<string> CacheTo { get; init; } = [];

    /// <summary>The repository that the result may be pushed to; none when unset.</summary>
    public string? Registry { get; init; }

    /// <summary>Whether the result goes to the registry that its tag names. Defaults to no.</summary>
    public bool Push { get; init; }

    /// <summary>Use this published image and build nothing.</summary>
    public PinnedImage? Published { get; init; }
}

/// <summary>The application's image: built once and shared by every service that runs the application's code.</summary>
public sealed class AppImage : ComponentResource
{
    /// <summary>Its type token.</summary>
    public const string Kind = "infra:components:AppImage";

    private readonly Image image;

    /// <summary>Registers the component and has the host build the image.</summary>
    public AppImage(string name, AppImageArgs args, IServiceHost host, ComponentResourceOptions? options = null)
        : base(Kind, name, options)
    {
        image = Describe(FirstName.Resolve(name, options), args);
        if (image is BuiltImage built) host.Build(built, this);
        RegisterOutputs();
    }

    /// <summary>An application's image can be used wherever an image is expected.</summary>
    public static implicit operator Image(AppImage app) => app.image;

    /// <summary>The image that these arguments make.</summary>
    public static Image Describe(string name, AppImageArgs args) => args.Published ?? (Image)new BuiltImage(name, args.Context)
    {
        Dockerfile = args.Dockerfile,
        DebianDockerfile = args.DebianDockerfile,
        Target = args.Target,
        Args = args.Args,
        Tag = args.Tag,
        Platforms = args.Platforms,
        CacheFrom = args.CacheFrom,
        CacheTo = args.CacheTo,
        Push = args.Push,
    };
}
