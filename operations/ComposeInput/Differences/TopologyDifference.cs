using System.Collections.Immutable;
using Infra.Model;
using Infra.Targets.Diagrams;

namespace Infra.Operations.ComposeInput.Differences;

/// <summary>What runs differently in one topology than in another, service by service.</summary>
/// <param name="Was">What runs today.</param>
/// <param name="Is">What runs instead.</param>
public sealed record TopologyDifference(Topology Was, Topology Is)
{
    /// <summary>All services, in the order in which they start, and those that are gone at the end.</summary>
    public ImmutableArray<ServiceDifference> Services { get; } =
    [
        .. Is.InStartOrder().Select(service => ServiceDifference.Between(Was.Find(service.Name), service)),
        .. Gone(Was, Is).Select(service => new ServiceDifference(service.Name, Mark.Gone, [])),
    ];

    /// <summary>Both in one, for a picture: what is there, and what is gone.</summary>
    public Topology Drawn => Is with { Services = [.. Is.Services, .. Gone(Was, Is)] };

    /// <summary>What becomes of each service; nothing of one that stays as it is.</summary>
    public ImmutableDictionary<string, Mark> Marks =>
        Services.Where(service => service.Becomes is not null).ToImmutableDictionary(service => service.Service, service => service.Becomes!.Value);

    private static IEnumerable<ServiceSpec> Gone(Topology was, Topology now) => was.InStartOrder().Where(service => now.Find(service.Name) is null);
}
