using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Model;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Cli.Verbs;

internal static class RunVerb
{
    public static Command Make(Session session)
    {
        var verb = new Command("run", "Runs a one-off command in the application's image, with its settings and secrets: run dev -- python3 -V")
        {
            Arguments.Stack, Arguments.Command, Arguments.Project,
        };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                var stack = await session.LoadAsync(parsed);
                var existing = await ExistingContainers.RequireAsync(session, parsed, null, cancellationToken);
                var service =
                    stack.Topology.Services.FirstOrDefault(service => service.Role == ServiceRole.Web)
                    ?? throw UserErrorException.BadInput(
                        $"{stack.Naming.Name}: The stack has no web service whose image and settings the command could use."
                    );
                WrittenProject.Require(
                    session.Workspace,
                    stack,
                    existing,
                    "run",
                    $"'./infra.sh exec {stack.Name} {service.Name} -- COMMAND' runs it in the service itself."
                );
                var name = stack.Naming.Physical($"run-{Environment.ProcessId}");
                var running = session.Shell.AttachAsync(
                    Docker.Program,
                    [
                        .. ComposeProject.Arguments(session.Workspace, stack.Name, stack.Naming),
                        "run",
                        "--rm",
                        "--no-deps",
                        "--name",
                        name,
                        .. Terminal.IsThere ? [] : new[] { "-T" },
                        service.Name,
                        .. service.WithPrefix(parsed.GetRequiredValue(Arguments.Command)),
                    ],
                    cancellationToken
                );
                await Task.WhenAny(running, Task.Delay(Timeout.Infinite, cancellationToken));
                // On a request to end, Compose leaves the container running; on a terminal it even waits for it.
                if (cancellationToken.IsCancellationRequested)
                    await session.Docker.RunAsync(["stop", name], CancellationToken.None);
                return await running;
            }
        );
        return verb;
    }
}
