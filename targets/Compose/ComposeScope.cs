using System.Collections.Immutable;
using Infra.Model;
using YamlDotNet.RepresentationModel;

namespace Infra.Targets.Compose;

/// <summary>What all parts of the writer need to know.</summary>
internal sealed class ComposeScope(Topology topology, ComposeOptions options)
{
    public Topology Topology => topology;

    public ComposeOptions Options => options;

    public Naming Naming => topology.Naming;

    public FilePlan Files { get; } = FilePlan.For(topology, options);

    /// <summary>The labels of everything in the file, by which it is found again.</summary>
    public YamlMappingNode Labels { get; } = Yaml.Map(
        (Model.Labels.Stack, Yaml.Text(topology.Naming.Name)),
        (Model.Labels.Engine, Yaml.Text(EngineKind.Compose.Name()))).Anchored("labels");

    /// <summary>The images that others start from and no service runs.</summary>
    public ImmutableArray<BuiltImage> Bases { get; } =
        [.. topology.Builds.Where(image => topology.Services.All(service => service.Image is not BuiltImage run || run.Name != image.Name))];

    /// <summary>
    /// The one service that builds its image: the one that watch rebuilds, if any.
    /// The others of the same image only name it.
    /// </summary>
    public static bool Builds(Topology topology, ServiceSpec service)
    {
        if (service.Image is not BuiltImage image) return false;
        var sharing = topology.Services.Where(other => other.Image is BuiltImage same && same.Name == image.Name).ToArray();
        return (sharing.FirstOrDefault(other => other.Watch.Any(rule => rule.Action == WatchAction.Rebuild)) ?? sharing[0]).Name == service.Name;
    }

    /// <summary>What the file calls the build of an image that no service runs.</summary>
    public string BaseService(BuiltImage image) => topology.Find(image.Name) is null ? image.Name : image.Name + "-image";

    /// <summary>Whether it is a step whose running is left to the caller.</summary>
    public bool IsApart(ServiceSpec service) => options.StepsApart && service.IsStep();

    public bool IsApart(string service) => topology.Find(service) is { } found && IsApart(found);

    public string Reference(Image image) => Naming.Reference(image);

    /// <summary>What makes two services' images one.</summary>
    public static string Identity(Image image) => image switch
    {
        PinnedImage pinned => pinned.Reference,
        BuiltImage built => built.Name,
        _ => throw Unknown(image),
    };

    public static InvalidOperationException Unknown(object part) => new($"The Compose writer does not know {part.GetType().Name}.");
}
