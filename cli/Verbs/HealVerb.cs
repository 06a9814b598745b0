using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.Backups;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Healing;
using Infra.Operations.Project;

namespace Infra.Cli.Verbs;

internal static class HealVerb
{
    private const string Help = """
        Restarts what stays unhealthy, and starts what the engine could not, after pauses of 5, 10, 20, 40 and 80 s in a row; then once an hour.
        A service that waits for an unhealthy one is left alone until that one is healthy. What was stopped by hand stays stopped.
        Each action is printed as a line of JSON.

          ./infra.sh heal prod                     until Ctrl-C
          ./infra.sh heal prod --once              restarts once, what was stopped too; exits with 1 when a service is still not healthy
          ./infra.sh heal prod --unit | sudo tee /etc/systemd/system/infra-heal-prod.service
        """;

    public static Command Make(Session session)
    {
        var once = new Option<bool>("--once") { Description = "Look once, restart what is unhealthy, and exit." };
        var most = Arguments.Count(
            "--max",
            "How often in a row a service is restarted before a pause of an hour. The pauses double up to 5 min.",
            5
        );
        var unit = new Option<bool>("--unit") { Description = "Print a systemd unit that runs it, and do nothing else." };
        var verb = new Command("heal", Help) { Arguments.Stack, once, most, unit, Arguments.Project };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                var stack = await session.LoadAsync(parsed);
                if (parsed.GetValue(unit))
                    return UnitPrinter.Print(
                        session,
                        stack,
                        units => units.Heal(UnitPrinter.OptionsOf(parsed, (most.Name, Arguments.Given(parsed, most))))
                    );
                (await EngineInfo.ProbeAsync(session.Shell, cancellationToken)).Require();
                var healer = new Healer(
                    session.Shell,
                    stack.Topology,
                    parsed.GetValue(most),
                    session.Out,
                    TimeProvider.System,
                    Task.Delay,
                    token => session.LockAsync(stack.Naming, verb.Name, isPatient: true, log: null, token)
                );
                // No probe shows what a killed backup has left paused, or a killed restore half restored.
                if (!new StoppedNote(session.Workspace, stack.Name).IsEmpty)
                    (await session.LockAsync(stack.Naming, verb.Name, isPatient: true, log: null, cancellationToken))?.Dispose();

                if (parsed.GetValue(once)) return await healer.OnceAsync(cancellationToken) ? 0 : UserErrorException.FailedCode;
                try
                {
                    await healer.FollowAsync(cancellationToken);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    // A request to end: that is how it always ends.
                }

                return 0;
            });
        return verb;
    }
}
