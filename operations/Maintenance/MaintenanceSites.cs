using System.Collections.Immutable;
using Infra.Components.Proxies;
using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Stacks.Configuration;

namespace Infra.Operations.Maintenance;

/// <summary>What is said of sites and their maintenance.</summary>
public static class MaintenanceSites
{
    /// <summary>A line for each site that is in maintenance, with the way out.</summary>
    public static IEnumerable<string> Lines(StackContext stack, MaintenanceState state) =>
        MaintenanceSwitch.SitesOf(stack.Topology).Select(state.Of).OfType<SiteMaintenance>().Select(closed =>
            $"{closed.Site}: in maintenance since {closed.Since:u}. './infra.sh maintenance {stack.Name} off {closed.Site}' takes the page away.");

    /// <summary>The sites that were named; all of the stack's where none was.</summary>
    /// <exception cref="UserErrorException">The stack has no site, or not these.</exception>
    public static ImmutableArray<string> Named(StackContext stack, IEnumerable<string> names)
    {
        var all = MaintenanceSwitch.SitesOf(stack.Topology);
        if (all.IsEmpty) throw None(stack.Naming);
        ImmutableArray<string> named = [.. names.Select(MaintenancePages.FolderName).Distinct()];
        var unknown = named.Except(all).ToArray();
        if (unknown.Length > 0)
            throw UserErrorException.BadInput(unknown.Select(name =>
                $"{name}: There is no such site in {stack.Naming.Name}.{Nearest.Hint(name, all)} Sites: {string.Join(", ", all)}."));
        return named.IsEmpty ? all : named;
    }

    /// <summary>There is no site that could be in maintenance.</summary>
    public static UserErrorException None(Naming naming) =>
        UserErrorException.BadInput(
            $"{naming.Name}: It has no proxy, so it has no site to put in maintenance. Name one in infra:proxy.sites and run "
                + $"'./infra.sh up {naming.Stack}'."
        );
}
