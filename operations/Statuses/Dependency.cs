using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Operations.Statuses;

/// <summary>A service that another waits for, or one elsewhere that it is led to, and where it is to answer.</summary>
/// <param name="From">Who waits.</param>
/// <param name="To">Who is waited for.</param>
/// <param name="Host">Its name on the network.</param>
/// <param name="Port">Its port there.</param>
/// <param name="IsHttp">Whether it is to answer a request, not only a connection.</param>
public sealed record Dependency(string From, string To, string Host, int Port, bool IsHttp)
{
    /// <summary>What it is where it runs elsewhere: whether it answers is then whether its certificate is right, too.</summary>
    public External? Elsewhere { get; init; }

    /// <summary>Every wait of a long-running service for one that has an address, and whatever runs elsewhere.</summary>
    public static ImmutableArray<Dependency> AllOf(Topology topology) =>
    [
        .. from service in topology.LongRunning()
           from wait in service.WaitsFor
           let endpoint = topology.Find(wait.Service)?.Endpoint
           where endpoint is not null
           select new Dependency(service.Name, wait.Service, endpoint.Host, endpoint.Port, endpoint.Scheme == "http"),
        .. from service in topology.LongRunning()
           from external in service.Externals
           select new Dependency(service.Name, external.Name, external.Endpoint.Host, external.Endpoint.Port, IsHttp: false) { Elsewhere = external },
    ];
}

/// <summary>How a dependency answered.</summary>
/// <param name="Dependency">Which.</param>
/// <param name="IsReached">Whether it answered.</param>
/// <param name="Said">How, or why not, with the time that it took.</param>
public sealed record Reached(Dependency Dependency, bool IsReached, string Said);
