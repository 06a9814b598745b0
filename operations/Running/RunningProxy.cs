using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Running;

/// <summary>A running proxy that can be switched between the containers of a service.</summary>
public sealed class RunningProxy(Docker docker, Route route, ContainerState container)
{
    /// <summary>The proxy before a service, if one runs.</summary>
    public static (Route Route, ContainerState Container)? Before(ServiceSpec service, Topology topology, IEnumerable<ContainerState> existing)
        => (from proxy in topology.Services
            from route in proxy.Routes
            where route.Service == service.Name
            from container in existing
            where container.Service == proxy.Name && container.IsRunning
            select ((Route, ContainerState)?)(route, container)).FirstOrDefault();

    /// <summary>Uses these containers and no others. Requests on their way end where they began.</summary>
    public Task UseOnlyAsync(IEnumerable<ContainerState> only, CancellationToken cancellationToken)
    {
        var among = Route.Among([.. only.Select(container => container.Id).Take(Route.Places)]);
        return RouteAsync(route.PinTo.Select(word => word.Replace(Route.Containers, among, StringComparison.Ordinal)), cancellationToken);
    }

    /// <summary>Uses every container that answers to the service's name.</summary>
    public Task UseEveryAsync(CancellationToken cancellationToken) => RouteAsync(route.Release, cancellationToken);

    private async Task RouteAsync(IEnumerable<string> command, CancellationToken cancellationToken)
    {
        var result = await docker.RunAsync(["exec", container.Id, .. command], cancellationToken);
        if (!result.Succeeded)
            throw UserErrorException.Failed(
                $"{container.Service}: It could not be switched to other containers of {route.Service}: "
                    + $"{result.Reason} '{container.Name}' keeps the current ones."
            );
    }
}
