namespace Infra.Model;

/// <summary>The physical names of a stack's objects on the engine.</summary>
/// <param name="Project">The project's name.</param>
/// <param name="Stack">The stack's name.</param>
/// <param name="Prefix">What stands before each name; <c>{project}-{stack}-</c> when unset.</param>
public sealed record Naming(string Project, string Stack, string? Prefix = null)
{
    /// <summary><c>{project}-{stack}</c>: what Compose calls its project, and the value of the stack's label.</summary>
    public string Name => $"{Project}-{Stack}";

    /// <summary>The physical name of a network or a built image, and of a volume of the stack's own.</summary>
    public string Physical(string name) => (Prefix ?? Name + "-") + name;

    /// <summary>The physical name of a volume.</summary>
    public string Volume(Volume volume) => volume.Existing ?? Physical(volume.Name);

    /// <summary>The physical name of a service's container.</summary>
    public string Container(ServiceSpec service) => service.ContainerName ?? Physical(service.Name);

    /// <summary>The name and tag of an image that is built here.</summary>
    public string Tag(BuiltImage image) => image.Tag ?? Physical(image.Name) + ":latest";

    /// <summary>The image as an engine knows it.</summary>
    public string Reference(Image image) => image switch
    {
        BuiltImage built => Tag(built),
        PinnedImage pinned => pinned.Reference,
        _ => throw new ArgumentException($"It is not known what an engine calls {image}."),
    };
}
