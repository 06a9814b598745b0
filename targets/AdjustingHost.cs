using Infra.Model;
using Pulumi;

namespace Infra.Targets;

/// <summary>Runs services as a stack wants all of its own to be: on one network, under certain names.</summary>
/// <param name="inner">The host that runs them.</param>
/// <param name="adjust">The service as it is to run.</param>
public sealed class AdjustingHost(IServiceHost inner, Func<ServiceSpec, ServiceSpec> adjust) : IServiceHost
{
    /// <inheritdoc/>
    public ServiceSpec Run(ServiceSpec spec, ComponentResource parent) => inner.Run(adjust(spec), parent);

    /// <inheritdoc/>
    public void Build(BuiltImage image, ComponentResource parent) => inner.Build(image, parent);
}
