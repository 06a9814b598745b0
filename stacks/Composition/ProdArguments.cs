using System.Collections.Immutable;
using Infra.Model;
using Infra.Stacks.Configuration;

namespace Infra.Stacks.Composition;

/// <summary>What production adds to the arguments: networks, memory that is kept for a service, what it must wait for.</summary>
internal static class ProdArguments
{
    /// <summary>One of the named services: on the networks that its role needs, with half of its memory kept for it.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="service">The service.</param>
    public static ServiceSpec InProd(this Settings settings, ServiceSpec service) => service with
    {
        Networks = WithWayOut(
            service, service.Networks is [{ Network: var only }] && only == Network.Default ? NetworksOf(settings, service) : service.Networks),
        ReservedMemory = service.ReservedMemory ?? service.Memory?.Reserved(),
    };

    // What is led elsewhere goes there by a network that leads out.
    private static ImmutableArray<NetworkAttachment> WithWayOut(ServiceSpec service, ImmutableArray<NetworkAttachment> networks)
        => service.Externals.IsEmpty || networks.Any(each => each.Network == ProdNetworks.App) ? networks : [ProdNetworks.App, .. networks];

    private static ImmutableArray<NetworkAttachment> NetworksOf(Settings settings, ServiceSpec service) =>
        service.Role is ServiceRole.Database or ServiceRole.Pool or ServiceRole.Cache or ServiceRole.Broker ? ProdNetworks.Holding(service)
        : settings.Proxy.Leads(service.Name) ? [ProdNetworks.App, ProdNetworks.Data, ProdNetworks.Edge]
        : [ProdNetworks.App, ProdNetworks.Data];
}
