using System.Collections.Immutable;
using Infra.Model;

namespace Infra.Targets.Diagrams;

/// <summary>The waits that can be drawn forwards, and in words those that cannot.</summary>
internal sealed class WaitGraph
{
    private readonly Dictionary<ServiceSpec, List<(ServiceSpec Source, WaitCondition Condition)>> waits = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<ServiceSpec> awaited = new(ReferenceEqualityComparer.Instance);

    public WaitGraph(Topology topology)
    {
        Services = topology.InStartOrder();
        var byName = Services.DistinctBy(service => service.Name).ToDictionary(service => service.Name, StringComparer.Ordinal);
        var notes = ImmutableArray.CreateBuilder<string>();
        foreach (var service in Services)
        {
            waits[service] = [];
            foreach (var wait in service.WaitsFor.Distinct())
                if (!byName.TryGetValue(wait.Service, out var source))
                    notes.Add($"{service.Name} waits for {wait.Service}, which is not there");
                else if (!waits.ContainsKey(source) || ReferenceEquals(source, service))
                    notes.Add($"{service.Name} waits for {wait.Service} in a circle");
                else
                    Add(service, source, wait.Condition);
        }

        Notes = notes.ToImmutable();
    }

    /// <summary>The services in start order.</summary>
    public ImmutableArray<ServiceSpec> Services { get; }

    /// <summary>The waits for what is not there, and those that close a circle.</summary>
    public ImmutableArray<string> Notes { get; }

    public IReadOnlyList<(ServiceSpec Source, WaitCondition Condition)> Waits(ServiceSpec service) => waits[service];

    public bool IsAlone(ServiceSpec service) => waits[service].Count == 0 && !awaited.Contains(service);

    private void Add(ServiceSpec service, ServiceSpec source, WaitCondition condition)
    {
        waits[service].Add((source, condition));
        awaited.Add(source);
    }
}
