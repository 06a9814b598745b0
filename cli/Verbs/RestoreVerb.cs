using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.Backups;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Maintenance;
using Infra.Operations.Project;

namespace Infra.Cli.Verbs;

internal static class RestoreVerb
{
    private const string Summary =
        "Replaces the data of a running stack with a backup's. "
        + "The backup is read and checked first; what uses the data is stopped only while it is replaced.";

    private const string Help = $"""
        {Summary}

          ./infra.sh restore prod newest                      the newest complete one on this machine; asks first; --yes confirms in a script
          ./infra.sh restore prod 20261124T030000Z postgres   the database alone
          ./infra.sh restore prod service:20261124T030000Z    one of the backup service's own
          ./infra.sh restore staging backups/prod/20261124T030000Z
          ./infra.sh restore prod newest --maintenance        with the maintenance page before all sites until it has succeeded
        """;

    public static Command Make(Session session)
    {
        var which = new Argument<string>("backup") { Description = "Its timestamp, 'service:' and its timestamp, a folder, or 'newest'." };
        var part = new Argument<string?>("service")
        {
            Description = "Only this service, or this volume of the application.",
            HelpName = "service (optional)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var verb = new Command("restore", Help)
        {
            Arguments.Stack, which, part, Arguments.Maintenance, Arguments.Wait, Arguments.Yes, Arguments.Project,
        };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                var stack = await session.LoadAsync(parsed);
                var scheduled = new ScheduledBackups(session.Shell, stack.Topology);
                using var store = new BackupStore(session.Workspace, stack.Topology, scheduled, null, () => DateTimeOffset.UtcNow);
                var maintenance = new MaintenanceWindow(session, stack, parsed.GetValue(Arguments.Maintenance));
                maintenance.Require();
                (await EngineInfo.ProbeAsync(session.Shell, cancellationToken)).Require();
                using var held = await session.LockAsync(parsed, stack.Naming, cancellationToken);
                var (name, wanted) = (parsed.GetRequiredValue(which), parsed.GetValue(part));
                var backup = await store.FindAsync(
                    name,
                    wanted,
                    other => $"./infra.sh restore {stack.Name} {other}{(wanted is null ? "" : " " + wanted)}",
                    cancellationToken
                );
                if (name == BackupStore.Newest && await store.YoungerOfServiceAsync(backup, cancellationToken) is { } younger)
                    session.Out.WriteLine(
                        $"{younger}: The backup service has this newer one, of the database alone. It is restored only when it is named."
                    );
                var (begun, note) = (new RestoreNote(session.Workspace, stack.Name), new StoppedNote(session.Workspace, stack.Name));
                await new InterruptedRestore(session.Shell, stack.Topology, begun, note.Swaps, session.Error).ClearAsync(
                    await session.Docker.ContainersAsync(stack.Naming, cancellationToken),
                    cancellationToken
                );
                var plan = await new RestorePlanner(session.Shell, stack.Topology).PlanAsync(backup, wanted, cancellationToken);
                await backup.RequireWholeAsync(plan.Steps.Select(step => step.Written), cancellationToken);
                foreach (var line in plan.Lines)
                    session.Out.WriteLine(line);
                if (!parsed.GetValue(Arguments.Yes))
                    Confirm(session, stack, plan);
                var command = new RestoreCommand(session.Shell, stack.Topology, note, begun, session.Out);
                await maintenance.AroundAsync(plan.Containers, begin => RunAsync(command, plan, begin, cancellationToken), cancellationToken);
                session.Out.WriteLine(
                    $"{stack.Naming.Name}: restored from {backup.ShortTitle} of {backup.Manifest.Stack}: "
                        + $"{string.Join(", ", plan.Steps.Select(step => step.Part.Name))}. What was stopped for it is healthy again."
                );
                foreach (var line in plan.NotRestored)
                    session.Out.WriteLine(line);
                return 0;
            }
        );
        return verb;
    }

    // What is entered while the parts are read would be lost.
    private static async Task<int> RunAsync(
        RestoreCommand command, RestorePlan plan, Func<CancellationToken, Task> begin, CancellationToken cancellationToken)
    {
        await begin(cancellationToken);
        await command.RunAsync(plan, cancellationToken);
        return 0;
    }

    private static void Confirm(Session session, StackContext stack, RestorePlan plan)
    {
        if (!Terminal.IsThere)
            throw UserErrorException.BadInput("restore: It overwrites data, and there is no terminal to ask on. Confirm it with --yes.");
        var question =
            $"This overwrites {string.Join(", ", plan.Steps.Select(step => step.Part.Name))} of {stack.Naming.Name} "
            + $"with what {plan.Backup.Manifest.Stack} had at {plan.Backup.Manifest.Taken:u}. Continue?";
        if (!Terminal.Ask(session.Out, question))
            throw UserErrorException.Failed("Nothing was restored.");
    }
}
