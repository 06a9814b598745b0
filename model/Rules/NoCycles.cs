using System.Collections.Immutable;

namespace Infra.Model.Rules;

/// <summary>Services that wait for each other never start.</summary>
internal static class NoCycles
{
    public static Rule Rule { get; } = new("NO-CYCLES", Severity.Error, "No services wait for each other", Check);

    private static List<Finding> Check(Topology topology)
    {
        var names = topology.Services.Select(service => service.Name).ToHashSet(StringComparer.Ordinal);
        var waits = topology.Services.DistinctBy(service => service.Name).ToDictionary(
            service => service.Name,
            service => service.WaitsFor.Select(wait => wait.Service).Distinct().Where(names.Contains).ToImmutableArray(),
            StringComparer.Ordinal);
        var done = new HashSet<string>(StringComparer.Ordinal);
        return [.. waits.Keys.SelectMany(name => Circles(name, [], waits, done))];
    }

    // Depth first: a service met again on its own path closes a cycle; each is reported once, since what is done is not entered again.
    private static List<Finding> Circles(
        string name, ImmutableList<string> path, Dictionary<string, ImmutableArray<string>> waits, HashSet<string> done)
    {
        if (path.Contains(name)) return [Report([.. path.Skip(path.IndexOf(name))])];
        if (done.Contains(name)) return [];
        var found = waits[name].SelectMany(next => Circles(next, path.Add(name), waits, done)).ToList();
        done.Add(name);
        return found;
    }

    private static Finding Report(ImmutableArray<string> circle) => circle is [var alone]
        ? Rule.Error(alone, "it waits for itself.", "Drop the wait.", "itself")
        : Rule.Error(string.Join(", ", circle),
            $"these services wait for each other: {string.Join(" -> ", circle.Add(circle[0]))}.",
            "Drop one of these waits.", "circle");
}
