using System.CommandLine;
using Infra.Engine;
using Infra.Up;

namespace Infra.Cli.Verbs;

internal static class ExecVerb
{
    public static Command Make(Session session)
    {
        var verb = new Command("exec", "Runs a command in a running service: exec dev web -- python3 -V") { Arguments.Stack, Arguments.Service, Arguments.Command, Arguments.Project };
        verb.SetAction(async (parsed, cancel) =>
        {
            var containers = await StandingContainers.RequireAsync(session, parsed, parsed.GetRequiredValue(Arguments.Service), cancel);
            return await session.Shell.AttachAsync(Docker.Program, ["exec", .. Terminal.Words(), containers[0].Id, .. parsed.GetRequiredValue(Arguments.Command)], cancel);
        });
        return verb;
    }
}
