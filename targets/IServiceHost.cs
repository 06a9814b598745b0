using Infra.Model;
using Pulumi;

namespace Infra.Targets;

/// <summary>Where services run: turns specs into resources, or merely takes note of them.</summary>
public interface IServiceHost
{
    /// <summary>Runs the service as a child of its component.</summary>
    /// <returns>The service as the stack has it: with what was adjusted, and the images that it asked for.</returns>
    ServiceSpec Run(ServiceSpec spec, ComponentResource parent);

    /// <summary>Builds the image as a child of its component.</summary>
    void Build(BuiltImage image, ComponentResource parent);
}
