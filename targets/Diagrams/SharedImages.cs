using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Targets.Diagrams;

/// <summary>The built images that several services run, each with a colour of its own.</summary>
internal sealed class SharedImages(Topology topology)
{
    /// <summary>The images, and who runs them.</summary>
    public ImmutableArray<(BuiltImage Image, ImmutableArray<string> Services)> All { get; } =
    [
        .. from service in topology.Services
        where service.Image is BuiltImage
        group service.Name by ((BuiltImage)service.Image).Name into same
        where same.Count() > 1
        select (
            topology.Services.Select(service => service.Image).OfType<BuiltImage>().First(image => image.Name == same.Key),
            same.ToImmutableArray()
        ),
    ];

    /// <summary>The image's colour, where it is shared.</summary>
    public string? Swatch(Image image)
    {
        for (var i = 0; i < All.Length; i++)
            if (image is BuiltImage built && built.Name == All[i].Image.Name) return Palette.Swatch(i);
        return null;
    }
}
