using Infra.Model;
using Pulumi;

namespace Infra.Targets;

/// <summary>A service as a component resource: the Pulumi face of a <see cref="ServiceSpec"/>.</summary>
public abstract class ServiceComponent : ComponentResource
{
    /// <summary>Registers the component, and has the host run what it describes.</summary>
    /// <param name="name">The component's name, and the service's too, unless an alias says that it had another one first.</param>
    /// <param name="describe">The service of that name.</param>
    /// <param name="host">Where it runs.</param>
    /// <param name="options">Pulumi's options.</param>
    protected ServiceComponent(string name, Func<string, ServiceSpec> describe, IServiceHost host, ComponentResourceOptions? options = null)
        : this(name, describe(FirstName.Resolve(name, options)), host, options)
    {
    }

    private ServiceComponent(string name, ServiceSpec spec, IServiceHost host, ComponentResourceOptions? options)
        : base(spec.Kind, name, options)
    {
        Spec = host.Run(spec, this);
        RegisterOutputs();
    }

    /// <summary>What it runs, as data.</summary>
    public ServiceSpec Spec { get; }

    /// <summary>A component can be used as its spec wherever a service is expected.</summary>
    public static implicit operator ServiceSpec(ServiceComponent component) => component.Spec;
}
