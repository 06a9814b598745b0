using System.CommandLine;
using Infra.Engine;
using Infra.Healing;

namespace Infra.Cli.Verbs;

internal static class HealVerb
{
    private const string Help = """
        Restarts what stays unhealthy or has ended, after a pause that grows from 5 s to 5 min, and says so in lines of JSON. What is stopped by hand while it watches stays stopped.

          ./infra.sh heal prod                     until Ctrl-C
          ./infra.sh heal prod --once              helps once; ends with 1 when a service is still not well
          ./infra.sh heal prod --unit | sudo tee /etc/systemd/system/infra-heal-prod.service
        """;

    public static Command Make(Session session)
    {
        var once = new Option<bool>("--once") { Description = "Look once, help, and end." };
        var most = Arguments.Count("--max", "How often in a row a service is restarted before it is given up.", 5);
        var unit = new Option<bool>("--unit") { Description = "Print a systemd unit that runs it, and do nothing." };
        var verb = new Command("heal", Help) { Arguments.Stack, once, most, unit, Arguments.Project };
        verb.SetAction(async (parsed, cancel) =>
        {
            var stack = await session.LoadAsync(parsed);
            if (parsed.GetValue(unit)) return UnitPrinter.Print(session, stack, units => units.Heal(UnitPrinter.Words(parsed, (most.Name, Arguments.Given(parsed, most)))));
            (await EngineInfo.ProbeAsync(session.Shell, cancel)).Require();
            var healer = new Healer(session.Shell, stack.Topology, parsed.GetValue(most), session.Out, TimeProvider.System, Task.Delay,
                token => session.LockAsync(stack.Naming, verb.Name, isPatient: true, log: null, token));
            if (parsed.GetValue(once)) return await healer.OnceAsync(cancel) ? 0 : CliException.Failed;
            try
            {
                await healer.FollowAsync(cancel);
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                // Told to end: that is how it always ends.
            }

            return 0;
        });
        return verb;
    }
}
