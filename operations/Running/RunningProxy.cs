using System.Collections.Immutable;
using System.Diagnostics;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;

namespace Infra.Operations.Running;

/// <summary>A running proxy that can be switched between the containers of a service.</summary>
public sealed class RunningProxy(Docker docker, Route route, ContainerState container)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>The proxy before a service, if one runs.</summary>
    public static (Route Route, ContainerState Container)? Before(ServiceSpec service, Topology topology, IEnumerable<ContainerState> existing)
        => (from proxy in topology.Services
            from route in proxy.Routes
            where route.Service == service.Name
            from container in existing
            where container.Service == proxy.Name && container.IsRunning
            select ((Route, ContainerState)?)(route, container)).FirstOrDefault();

    /// <summary>Has the proxies before these services use every container: a command that was killed may have kept them to some.</summary>
    public static async Task FreeAsync(
        Docker docker,
        IEnumerable<ServiceSpec> services,
        Topology topology,
        ImmutableArray<ContainerState> existing,
        CancellationToken cancellationToken
    )
    {
        foreach (var service in services.Where(service => service.Replacement == Replacement.StartFirst))
            if (Before(service, topology, existing) is { } proxy)
                await new RunningProxy(docker, proxy.Route, proxy.Container).UseEveryAsync(cancellationToken);
    }

    /// <summary>Uses these containers and no others. Requests on their way end where they began.</summary>
    public Task UseOnlyAsync(IEnumerable<ContainerState> only, CancellationToken cancellationToken)
    {
        var among = Route.Among([.. only.Select(container => container.Id).Take(Route.Places)]);
        return RouteAsync(route.PinTo.Select(word => word.Replace(Route.Containers, among, StringComparison.Ordinal)), cancellationToken);
    }

    /// <summary>Uses every container that answers to the service's name.</summary>
    public Task UseEveryAsync(CancellationToken cancellationToken) => RouteAsync(route.Release, cancellationToken);

    /// <summary>
    /// Waits until a container that gets no more requests has no connection from the proxy, which keeps one that is not in use for a second: its last
    /// requests have their answers then, and its websockets have ended. No longer than the route's time.
    /// </summary>
    public async Task DrainAsync(ContainerState old, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < route.Drain && !old.Addresses.IsEmpty)
        {
            var tables = await docker.RunAsync(["exec", container.Id, "cat", "/proc/net/tcp", "/proc/net/tcp6"], cancellationToken);
            // Without IPv6 there is no second table, and without any nothing is known to be waited for.
            if (OpenConnections.Count(tables.Output, old.Addresses) == 0) return;
            await Task.Delay(Pause, cancellationToken);
        }
    }

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
