using System.Collections.Immutable;
using System.CommandLine;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Running;
using Infra.Stacks.Configuration;

namespace Infra.Cli.Invocation;

/// <summary>Finds the containers that a verb is about, by the stack's labels.</summary>
internal static class ExistingContainers
{
    /// <summary>All of them, those of a service, or one of those: <c>web.2</c>.</summary>
    /// <exception cref="UserErrorException">Nothing of the stack is running, or not this service.</exception>
    public static async Task<ImmutableArray<ContainerState>> RequireAsync(
        Session session,
        ParseResult parsed,
        string? service,
        CancellationToken cancellationToken
    )
    {
        var naming = await session.NamingAsync(parsed, cancellationToken);
        var existing = await StackContainers.FindAsync(session, naming, cancellationToken);
        if (existing.IsEmpty)
        {
            (await EngineInfo.ProbeAsync(session.Shell, cancellationToken)).Require();
            throw UserErrorException.BadInput($"{naming.Name}: It is not running. Bring it up with './infra.sh up {naming.Stack}'.");
        }

        if (service is null) return existing;
        var found = existing.Where(container => container.Service == service).OrderByDescending(container => container.IsWell).ToImmutableArray();
        if (!found.IsEmpty) return found;
        if (existing.FirstOrDefault(container => service == FormattableString.Invariant($"{container.Service}.{container.Place ?? 1}")) is { } one)
            return [one];
        var names = existing.Select(container => container.Title).ToArray();
        throw UserErrorException.BadInput(
            $"{service}: There is no such service in {naming.Name}.{Nearest.Hint(service, names)} Services: {string.Join(", ", names)}."
        );
    }
}
