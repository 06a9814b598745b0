using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Operations.Statuses;

/// <summary>A way from outside to a service, or to what the proxy answers itself.</summary>
/// <param name="Front">The proxy that is asked.</param>
/// <param name="Upstream">The path of one of its sites.</param>
/// <param name="Service">The service behind it; nothing where the proxy answers itself.</param>
public sealed record PublishedRoute(ServiceSpec Front, Upstream Upstream, ServiceSpec? Service)
{
    /// <summary>The port of this machine at which the proxy answers.</summary>
    public Port Port => Front.Ports.First(port => port.Container == Upstream.Site.Port);

    /// <summary>The site and the path, as a user writes them.</summary>
    public string Name => $"{Upstream.Site.Host}{Upstream.Path}";

    /// <summary>What is asked.</summary>
    public Uri Address => new($"{Addresses.Url(Upstream.Site, Port)}{Upstream.Asked}");

    /// <summary>The service that answers, or the proxy itself.</summary>
    public string Answering => Service?.Name ?? Front.Name;

    /// <summary>Every route of every site of the topology.</summary>
    public static ImmutableArray<PublishedRoute> From(Topology topology) =>
    [
        .. from front in topology.Services
           from upstream in front.Upstreams
           select new PublishedRoute(front, upstream, upstream.Service is { } service ? topology.Find(service) : null),
    ];
}

/// <summary>How a route answered.</summary>
/// <param name="Route">Which.</param>
/// <param name="IsWell">Whether a user gets there.</param>
/// <param name="Status">The answer's status, or why there was none.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="WhatToDo">What to do; nothing where it is healthy.</param>
public sealed record RouteAnswer(PublishedRoute Route, bool IsWell, string Status, long Milliseconds, string WhatToDo);
