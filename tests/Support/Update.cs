using System.Collections.Immutable;

namespace Infra.Tests.Support;

/// <summary>What <c>pulumi up</c> would do to get from one run of a program to another, in the order of the registrations.</summary>
internal static class Update
{
    /// <summary><c>replace container web (envs)</c>, <c>update container web (memory)</c>, <c>create …</c>, <c>delete …</c>.</summary>
    public static async Task<ImmutableArray<string>> BetweenAsync(StackRun before, StackRun after)
    {
        var known = before.All.Where(resource => !resource.IsComponent).ToDictionary(Urns.Own);
        var steps = ImmutableArray.CreateBuilder<string>();
        foreach (
            var resource in after
                .All.Where(resource => !resource.IsComponent)
                .OrderBy(resource => resource.Type, StringComparer.Ordinal)
                .ThenBy(resource => resource.Name, StringComparer.Ordinal)
        )
        {
            var urns = await Urns.AllAsync(resource);
            if (urns.FirstOrDefault(known.ContainsKey) is not { } urn) steps.Add($"create {Short(resource)}");
            else if (known.Remove(urn, out var old) && Step(old, resource) is { } step) steps.Add(step);
        }

        return [.. steps, .. known.Values.Select(gone => $"delete {Short(gone)}").Order(StringComparer.Ordinal)];
    }

    private static string? Step(Registered before, Registered after)
    {
        var changed = before.Inputs.Keys.Union(after.Inputs.Keys).Except(after.Options.IgnoreChanges)
            .Where(input => Provider.Text(before.Inputs.GetValueOrDefault(input)) != Provider.Text(after.Inputs.GetValueOrDefault(input)))
            .Where(input => after.Inputs.ContainsKey(input) || !Provider.Keeps(after.Type, input))
            .Order(StringComparer.Ordinal).ToArray();
        if (changed.Length == 0) return null;
        return $"{(changed.Any(input => Provider.Replaces(after.Type, input)) ? "replace" : "update")} {Short(after)} ({string.Join(", ", changed)})";
    }

    // docker:index/container:Container → container
    private static string Short(Registered resource) => $"{resource.Type.Split(':', '/')[2]} {resource.Name}";
}
