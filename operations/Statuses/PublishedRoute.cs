using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Operations.Statuses;

/// <summary>A way from outside to a service, through the proxy or gateway in front of it.</summary>
/// <param name="Front">The proxy or gateway that is asked.</param>
/// <param name="Path">The path that leads to the service: <c>/auth</c>.</param>
/// <param name="Service">The service behind it.</param>
public sealed record PublishedRoute(ServiceSpec Front, string Path, ServiceSpec Service)
{
    /// <summary>The port of this machine at which the front answers; nothing where it is not published.</summary>
    public Port? Port => Published?.Port;

    /// <summary>What is asked: the path with the service's health path behind it; nothing where the front is not published.</summary>
    public Uri? Address => Published is { } published ? new Uri(published.Address + Path.TrimEnd('/') + (Service.Endpoint?.HealthPath ?? "/")) : null;

    /// <summary>Whether the front's certificate comes from an authority of its own, as that of a local name does.</summary>
    public bool HasOwnAuthority => Front.Endpoint is { Scheme: "https" } endpoint && Endpoint.IsLocal(endpoint.Host);

    private (Port Port, string Address)? Published =>
        Addresses.Published(Front).Where(each => each.Port.Container == Front.Endpoint?.Port).Select(each => ((Port, string)?)each).FirstOrDefault();

    /// <summary>Every route of the topology. What is behind another front is reached through that one.</summary>
    public static ImmutableArray<PublishedRoute> From(Topology topology)
    {
        var behind = topology
            .Services.SelectMany(service => service.Upstreams)
            .Select(upstream => upstream.Service)
            .ToHashSet(StringComparer.Ordinal);
        return [.. topology.Services.Where(front => !behind.Contains(front.Name)).SelectMany(front => Below(topology, front, front, ""))];
    }

    private static IEnumerable<PublishedRoute> Below(Topology topology, ServiceSpec front, ServiceSpec at, string prefix)
    {
        foreach (var upstream in at.Upstreams)
        {
            if (topology.Find(upstream.Service) is not { } service) continue;
            var path = prefix.TrimEnd('/') + upstream.Path;
            yield return new PublishedRoute(front, path, service);
            foreach (var next in Below(topology, front, service, path)) yield return next;
        }
    }
}

/// <summary>How a route answered.</summary>
/// <param name="Route">Which.</param>
/// <param name="IsWell">Whether a user gets there.</param>
/// <param name="Status">The answer's status, or why there was none.</param>
/// <param name="Milliseconds">How long it took; nothing where nothing was asked.</param>
/// <param name="WhatToDo">What to do; nothing where it is healthy.</param>
public sealed record RouteAnswer(PublishedRoute Route, bool IsWell, string Status, long? Milliseconds, string WhatToDo);
