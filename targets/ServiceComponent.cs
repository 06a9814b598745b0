using Infra.Model;
using Pulumi;

namespace Infra.Targets;

/// <summary>A service as a component resource: the Pulumi face of a <see cref="ServiceSpec"/>.</summary>
public abstract class ServiceComponent : ComponentResource
{
    /// <summary>Registers the component under the spec's type token and name, and has the host run it.</summary>
    protected ServiceComponent(ServiceSpec spec, IServiceHost host, ComponentResourceOptions? options = null)
        : base(spec.Kind, spec.Name, options)
    {
        Spec = spec;
        host.Run(spec, this);
        RegisterOutputs();
    }

    /// <summary>What it runs, as data.</summary>
    public ServiceSpec Spec { get; }

    /// <summary>A component stands for its spec wherever another one asks for a service.</summary>
    public static implicit operator ServiceSpec(ServiceComponent component) => component.Spec;
}
