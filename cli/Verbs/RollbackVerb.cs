using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Maintenance;
using Infra.Operations.Project;
using Infra.Operations.Recovery;
using Infra.Operations.Rollbacks;
using Infra.Operations.Running;
using Infra.Operations.StackEngines;

namespace Infra.Cli.Verbs;

internal static class RollbackVerb
{
    private const string Summary =
        "Brings the application's services back to an earlier release of their image, as gapless as 'up'. "
        + "Nothing is built, no step runs, and what steps have done since then stays; they are named. The next 'up' deploys what is in the tree.";

    private const string Help = $"""
        {Summary}

          ./infra.sh rollback prod       the release before the one that runs; asks first; --yes confirms in a script
          ./infra.sh rollback prod 6     that one; './infra.sh releases prod' lists them
        """;

    public static Command Make(Session session)
    {
        var number = new Argument<int?>("release")
        {
            Description = "Its number.",
            HelpName = "release (optional)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var verb = new Command("rollback", Help) { Arguments.Stack, number, Arguments.Maintenance, Arguments.Wait, Arguments.Yes, Arguments.Project };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                var stack = await session.LoadAsync(parsed);
                (await EngineInfo.ProbeAsync(session.Shell, cancellationToken)).Require();
                using var held = await session.LockAsync(parsed, stack.Naming, cancellationToken);
                session.Workspace.RequireWritable(stack.Name);
                var existing = await StackContainers.FindAsync(session, stack.Naming, cancellationToken);
                var engine = EngineChoice.Choose(session, stack.Naming, existing, asked: null);
                var command = new RollbackCommand(session, stack, engine);
                var plan = await command.PlanAsync(existing, parsed.GetValue(number), cancellationToken);
                session.RequireSound(plan.Stack);
                var maintenance = new MaintenanceWindow(session, plan.Stack, parsed.GetValue(Arguments.Maintenance));
                maintenance.Require();
                foreach (var line in plan.Lines)
                    session.Out.WriteLine(line);
                if (!parsed.GetValue(Arguments.Yes))
                    Confirm(session, plan);
                var recovery = new CrashRecovery(session, plan.Stack, engine.SettlesRotations);
                await recovery.BeginAsync(existing, cancellationToken);
                var code = await maintenance.AroundAsync(
                    existing, begin => command.RunAsync(plan, existing, begin, cancellationToken), cancellationToken);
                if (code != 0)
                    return code;
                await recovery.EndAsync(cancellationToken);
                session.Out.WriteLine($"{stack.Naming.Name}: It runs {plan.To.Title}.");
                return 0;
            }
        );
        return verb;
    }

    private static void Confirm(Session session, RollbackPlan plan)
    {
        if (!Terminal.IsThere)
            throw UserErrorException.BadInput("rollback: It changes what runs, and there is no terminal to ask on. Confirm it with --yes.");
        if (!Terminal.Ask(session.Out, $"Roll back to release {plan.To.Number}?"))
            throw UserErrorException.Failed("Nothing was changed.");
    }
}
