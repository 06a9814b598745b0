using System.Collections.Immutable;
using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Operations.Restarts;

namespace Infra.Cli.Verbs;

internal static class RestartVerb
{
    private const string Summary =
        "Restarts services, or a whole stack, each after those it waits for, and exits when they are healthy again. "
        + "Nothing is recreated: changed settings, secrets or code need 'up'. Unlike 'up' it interrupts the service, "
        + "behind a proxy too, unless several containers run it: they are restarted one after the other.";

    private const string Help = $"""
        {Summary}

          ./infra.sh restart prod worker beat
        """;

    public static Command Make(Session session)
    {
        var services = new Argument<string[]>("service")
        {
            Description = "Only these services, or single containers of theirs: web.2.",
            HelpName = "service (optional)",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var verb = new Command("restart", Help) { Arguments.Stack, services, Arguments.Wait, Arguments.Project };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                var stack = await session.LoadAsync(parsed);
                using var held = await session.LockAsync(parsed, stack.Naming, cancellationToken);
                var containers = await FindAsync(session, parsed, [.. (parsed.GetValue(services) ?? []).Distinct()], cancellationToken);
                using (var view = UpView.Make(session.Error))
                    await new RestartCommand(session.Docker, stack, view, TimeProvider.System, Task.Delay).RunAsync(containers, cancellationToken);
                session.Out.WriteLine(
                    $"{stack.Naming.Name}: restarted {string.Join(", ", containers.Select(container => container.Title).Distinct())}."
                );
                return 0;
            }
        );
        return verb;
    }

    private static async Task<ImmutableArray<ContainerState>> FindAsync(
        Session session,
        ParseResult parsed,
        ImmutableArray<string> names,
        CancellationToken cancellationToken
    )
    {
        if (names.IsEmpty)
            return [.. (await ExistingContainers.RequireAsync(session, parsed, null, cancellationToken)).Where(container => !container.IsStep)];
        var found = ImmutableArray.CreateBuilder<ContainerState>();
        foreach (var name in names) found.AddRange(await ExistingContainers.RequireAsync(session, parsed, name, cancellationToken));
        if (found.FirstOrDefault(container => container.IsStep) is { } step)
            throw UserErrorException.BadInput(
                $"{step.Service}: It is a step that runs to completion, and is not restarted. "
                    + $"'./infra.sh up {parsed.GetRequiredValue(Arguments.Stack)}' runs it when it is due."
            );
        return found.ToImmutable();
    }
}
