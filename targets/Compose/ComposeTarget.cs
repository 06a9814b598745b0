using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Infra.Model;

namespace Infra.Targets.Compose;

/// <summary>What Compose cannot say of a topology.</summary>
public static partial class ComposeTarget
{
    /// <summary>The id of the rule.</summary>
    public const string Rule = "TARGET-COMPOSE";

    /// <summary>An error for what would mean something else under Compose, a warning for what it leaves out.</summary>
    public static ImmutableArray<Finding> Review(Topology topology) =>
    [
        .. Named(topology.Naming.Name),
        .. topology.Services.SelectMany(service => Check(service)),
        .. topology.Services.GroupBy(service => ComposeScope.Identity(service.Image)).SelectMany(group => Rebuilds([.. group], topology)),
        .. topology.Volumes.Where(volume => !volume.HoldsState).Select(Kept),
    ];

    private static IEnumerable<Finding> Named(string name)
    {
        if (!ProjectName().IsMatch(name))
            yield return Error(
                name,
                "Compose accepts no project of this name: lower-case letters, digits, '-' and '_' only, with a letter or digit first.",
                "Rename the stack's settings file, or the project in Pulumi.yaml."
            );
    }

    private static IEnumerable<Finding> Check(ServiceSpec service)
    {
        var synced = service.Watch.Where(rule => rule.Action == WatchAction.Sync).ToList();
        if (service.ReadOnly && synced.Count > 0)
            yield return Error(
                service.Name,
                "Compose cannot sync files into a read-only root file system.",
                "Mount the folder, or let the root be written to in development."
            );
        foreach (var rule in synced.Where(rule => rule.Target is null))
            yield return Error(service.Name, $"The sync of '{rule.Path}' does not say where to.", "Give the rule a target.");
        if (service.ReservedCpus is { } cpus)
            yield return Warning(
                service.Name,
                $"Compose sets aside no processor time ({cpus} asked for); only a scheduler does.",
                "Rely on the limits of the others, or deploy to a swarm."
            );
    }

    // Compose refuses to watch at all with such a rule, so the file leaves it out.
    private static IEnumerable<Finding> Rebuilds(ImmutableArray<ServiceSpec> services, Topology topology)
    {
        var left = services
            .Where(service => service.Watch.Any(rule => rule.Action == WatchAction.Rebuild) && !ComposeScope.Builds(topology, service))
            .ToList();
        if (left.Count == 0)
            return [];
        var builder = services.FirstOrDefault(service => ComposeScope.Builds(topology, service));
        var what = builder is null
            ? $"Compose watch rebuilds nothing here: {services[0].Image} is not built in this stack."
            : $"Compose watch replaces only '{builder.Name}' after a rebuild, which builds the image for all.";
        var instead = builder is null ? "Drop the rule." : "Bring the stack up again after a change of dependencies.";
        return [Warning(string.Join(", ", left.Select(service => service.Name)), what, instead)];
    }

    private static Finding Kept(Volume volume) => Warning(volume.Name,
        "Compose keeps this volume on down, although it holds no state.", "Remove it by hand where its space matters.");

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9_-]*\z")]
    private static partial Regex ProjectName();

    private static Finding Error(string where, string what, string instead) => new(Rule, Severity.Error, where, what, instead);

    private static Finding Warning(string where, string what, string instead) => new(Rule, Severity.Warning, where, what, instead);
}
