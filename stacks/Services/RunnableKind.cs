using Infra.Model;
using Infra.Stacks.Configuration;
using Infra.Targets;

namespace Infra.Stacks.Services;

/// <summary>A kind whose services a component runs.</summary>
internal abstract class RunnableKind(string name, string sentence) : ServiceKind(name, sentence)
{
    /// <summary>What others can ask of one that listens on a port.</summary>
    protected static readonly IReadOnlyCollection<string> OfServers = ["url", "host", "port", "address"];

    /// <summary>Makes the component.</summary>
    /// <param name="settings">The service's settings, its arguments complete.</param>
    /// <param name="host">Where it runs.</param>
    public abstract ServiceComponent Make(ServiceSettings settings, IServiceHost host);

    /// <summary>How others reach such a service before it is made, where that is known; those that are waited for are made first.</summary>
    public virtual Endpoint? EndpointOf(ServiceSettings settings) => null;
}
