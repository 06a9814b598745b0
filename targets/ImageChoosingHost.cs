using Infra.Model;
using Pulumi;

namespace Infra.Targets;

/// <summary>Runs services with the images that a place can have: what has none there is left out.</summary>
/// <param name="inner">The host that runs them.</param>
/// <param name="choose">The service with the image to use, or nothing to leave it out.</param>
/// <param name="chooseBuild">The build to use.</param>
public sealed class ImageChoosingHost(IServiceHost inner, Func<ServiceSpec, ServiceSpec?> choose, Func<BuiltImage, BuiltImage> chooseBuild)
    : IServiceHost
{
    /// <inheritdoc/>
    public ServiceSpec Run(ServiceSpec spec, ComponentResource parent)
    {
        if (choose(spec) is { } chosen) inner.Run(chosen, parent);
        return spec;
    }

    /// <inheritdoc/>
    public void Build(BuiltImage image, ComponentResource parent) => inner.Build(chooseBuild(image), parent);
}
