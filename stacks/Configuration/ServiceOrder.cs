using System.Collections.Immutable;

namespace Infra.Stacks.Configuration;

/// <summary>In which order services are made: each after those that it mentions or waits for.</summary>
public sealed class ServiceOrder
{
    private readonly ImmutableArray<ServiceSettings> all;
    private readonly Dictionary<string, string[]> uses;
    private readonly Dictionary<string, string[]> before;

    /// <summary>The order of these services.</summary>
    public ServiceOrder(ImmutableArray<ServiceSettings> all)
    {
        this.all = all;
        uses = all.ToDictionary(service => service.Name, FindUses);
        before = all.ToDictionary(service => service.Name, FindBefore);
    }

    /// <summary>The services that one waits for because it names them.</summary>
    public IReadOnlyList<string> Uses(string name) => uses[name];

    /// <summary>What a service must come after, steps of the application among them.</summary>
    public IReadOnlyList<string> Before(string name) => before[name];

    /// <summary>The services in such an order, that of the file where none is needed. What is in a circle comes last.</summary>
    public ImmutableArray<ServiceSettings> Sorted()
    {
        var sorted = ImmutableArray.CreateBuilder<ServiceSettings>(all.Length);
        var left = all.ToList();
        while (left.Find(service => before[service.Name].All(name => left.All(other => other.Name != name))) is { } next)
        {
            sorted.Add(next);
            left.Remove(next);
        }

        return [.. sorted, .. left];
    }

    /// <summary>Services that wait for each other; none where there is no circle.</summary>
    public ImmutableArray<string> Circle()
    {
        foreach (var start in all)
        {
            List<string> path = [start.Name];
            HashSet<string> seen = [start.Name];
            if (Walk(start.Name)) return [.. path];

            bool Walk(string at)
            {
                foreach (var name in before[at])
                {
                    if (name == start.Name) return true;
                    if (!seen.Add(name)) continue;
                    path.Add(name);
                    if (Walk(name)) return true;
                    path.RemoveAt(path.Count - 1);
                }

                return false;
            }
        }

        return [];
    }

    private string[] FindUses(ServiceSettings service)
    {
        var mentions = service.Mentions.ToHashSet();
        return
        [
            .. all.Where(other => other != service
                    && (service.Runtime.After.ContainsKey(other.Name) || (mentions.Contains(other.Name) && service.WaitsForMentioned(other))))
                .Select(other => other.Name),
        ];
    }

    private string[] FindBefore(ServiceSettings service)
    {
        if (!service.Kind.RunsApplication) return uses[service.Name];
        // Pulumi hands maps over in the order of their keys, so that of the file says nothing.
        var earlier = service.Kind.IsStep ? all.Where(other => string.CompareOrdinal(other.Name, service.Name) < 0) : all;
        return
        [
            .. uses[service.Name].Union(
                earlier.Where(step => step.Kind.IsStep && step != service && !Reaches(step.Name, service.Name)).Select(step => step.Name)
            ),
        ];
    }

    // A step that comes after a service is none of those that the service waits for.
    private bool Reaches(string from, string name)
    {
        HashSet<string> seen = [];
        return Walk(from);

        bool Walk(string at) => uses[at].Any(used => used == name || (seen.Add(used) && Walk(used)));
    }
}
