using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Cli.Verbs;

internal static class ExecVerb
{
    public static Command Make(Session session)
    {
        var verb = new Command("exec", "Runs a command in a running service: exec dev web -- python3 -V")
        {
            Arguments.Stack,
            Arguments.Service,
            Arguments.Command,
            Arguments.Project,
        };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                var containers = await ExistingContainers.RequireAsync(
                    session,
                    parsed,
                    parsed.GetRequiredValue(Arguments.Service),
                    cancellationToken
                );
                var arguments = parsed.GetRequiredValue(Arguments.Command);
                var service = await ServiceAsync(session, parsed, containers[0].Service);
                return await session.Shell.AttachAsync(
                    Docker.Program,
                    ["exec", .. Terminal.DockerOptions(), containers[0].Id, .. service?.WithPrefix(arguments) ?? [.. arguments]],
                    cancellationToken
                );
            }
        );
        return verb;
    }

    // A container can be entered though the stack's settings are broken.
    private static async Task<ServiceSpec?> ServiceAsync(Session session, ParseResult parsed, string service)
    {
        try
        {
            return (await session.LoadAsync(parsed)).Topology.Find(service);
        }
        catch (UserErrorException)
        {
            return null;
        }
    }
}
