using System.Collections.Immutable;

namespace Infra.Stacks.Configuration;

/// <summary>In which order services are made: each after those that it mentions or waits for.</summary>
public static class ServiceOrder
{
    /// <summary>What a service must come after, steps of the application among them.</summary>
    public static ImmutableArray<string> Before(ServiceSettings service, ImmutableArray<ServiceSettings> all)
    {
        var uses = Uses(service, all).ToImmutableArray();
        if (!service.Kind.RunsApplication) return uses;
        // Pulumi hands maps over in the order of their keys, so that of the file says nothing.
        var earlier = service.Kind.IsStep ? all.Where(other => string.CompareOrdinal(other.Name, service.Name) < 0) : all;
        return
        [
            .. uses.Union(earlier.Where(step => step.Kind.IsStep && step != service && !Reaches(step, service.Name, all)).Select(step => step.Name)),
        ];
    }

    /// <summary>The services in such an order, that of the file where none is needed. What is in a circle comes last.</summary>
    public static ImmutableArray<ServiceSettings> Sorted(ImmutableArray<ServiceSettings> all)
    {
        var sorted = ImmutableArray.CreateBuilder<ServiceSettings>(all.Length);
        var left = all.ToList();
        while (left.FirstOrDefault(service => Before(service, all).All(name => left.All(other => other.Name != name))) is { } next)
        {
            sorted.Add(next);
            left.Remove(next);
        }

        return [.. sorted, .. left];
    }

    /// <summary>Services that wait for each other; none where there is no circle.</summary>
    public static ImmutableArray<string> Circle(ImmutableArray<ServiceSettings> all)
    {
        foreach (var start in all)
        {
            List<string> path = [start.Name];
            HashSet<string> seen = [start.Name];
            if (Walk(start)) return [.. path];

            bool Walk(ServiceSettings at)
            {
                foreach (var name in Before(at, all))
                {
                    if (name == start.Name) return true;
                    if (!seen.Add(name)) continue;
                    path.Add(name);
                    if (Walk(all.First(other => other.Name == name))) return true;
                    path.RemoveAt(path.Count - 1);
                }

                return false;
            }
        }

        return [];
    }

    /// <summary>The services that it waits for because it names them.</summary>
    public static IEnumerable<string> Uses(ServiceSettings service, ImmutableArray<ServiceSettings> all) =>
        all.Where(other =>
                other != service
                && (service.Runtime.After.ContainsKey(other.Name) || (service.Mentions.Contains(other.Name) && service.WaitsForMentioned(other)))
            )
            .Select(other => other.Name);

    // A step that comes after a service is none of those that the service waits for.
    private static bool Reaches(ServiceSettings from, string name, ImmutableArray<ServiceSettings> all)
    {
        HashSet<string> seen = [];
        return Walk(from);

        bool Walk(ServiceSettings at) =>
            Uses(at, all).Any(used => used == name || (seen.Add(used) && all.FirstOrDefault(other => other.Name == used) is { } next && Walk(next)));
    }
}
