using System.CommandLine;
using Infra.Engine;
using Infra.Statuses;

namespace Infra.Cli.Verbs;

internal static class StatusVerb
{
    public static Command Make(Session session)
    {
        var verb = new Command("status", "Shows the health, ports and memory of each service; ends with 1 when one is not well.") { Arguments.Stack, Arguments.Project };
        verb.SetAction(async (parsed, cancel) =>
        {
            (await EngineInfo.ProbeAsync(session.Shell, cancel)).Require();
            var stack = await session.LoadAsync(parsed);
            var rows = await StatusReport.GatherAsync(session.Docker, stack, cancel);
            StatusReport.Write(rows, session.Console);
            return rows.All(row => row.IsWell) ? 0 : CliException.Failed;
        });
        return verb;
    }
}
