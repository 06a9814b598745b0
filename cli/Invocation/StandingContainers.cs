using System.Collections.Immutable;
using System.CommandLine;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Running;
using Infra.Stacks.Configuration;

namespace Infra.Cli.Invocation;

/// <summary>Finds the containers that a verb is about, by the stack's labels.</summary>
internal static class StandingContainers
{
    /// <exception cref="CliException">Nothing of the stack stands, or not this service.</exception>
    public static async Task<ImmutableArray<ContainerState>> RequireAsync(Session session, ParseResult parsed, string? service, CancellationToken cancel)
    {
        var naming = await session.NamingAsync(parsed, cancel);
        var standing = await EngineChoice.StandingAsync(session, naming, cancel);
        if (standing.IsEmpty)
        {
            (await EngineInfo.ProbeAsync(session.Shell, cancel)).Require();
            throw CliException.Bad($"{naming.Name}: Nothing of it runs. Bring it up with './infra.sh up {naming.Stack}'.");
        }

        if (service is null) return standing;
        var found = standing.Where(container => container.Service == service).OrderByDescending(container => container.IsWell).ToImmutableArray();
        if (!found.IsEmpty) return found;
        var names = standing.Select(container => container.Service).Distinct().ToArray();
        var near = Nearest.To(service, names) is { } name ? $" Did you mean '{name}'?" : "";
        throw CliException.Bad($"{service}: There is no such service in {naming.Name}.{near} Services: {string.Join(", ", names)}.");
    }
}
