using System.CommandLine;
using Infra.Engine;
using Infra.Model;
using Infra.Up;

namespace Infra.Cli.Verbs;

internal static class RunVerb
{
    public static Command Make(Session session)
    {
        var verb = new Command("run", "Runs a one-off command in the application's image, with its settings and secrets: run dev -- python3 -V")
        {
            Arguments.Stack, Arguments.Command, Arguments.Project,
        };
        verb.SetAction(async (parsed, cancel) =>
        {
            var stack = await session.LoadAsync(parsed);
            await StandingContainers.RequireAsync(session, parsed, null, cancel);
            var service = stack.Topology.Services.FirstOrDefault(service => service.Role == ServiceRole.Web)
                ?? throw CliException.Bad($"{stack.Naming.Name}: The stack has no web service whose image and settings the command could use.");
            var name = stack.Naming.Of($"run-{Environment.ProcessId}");
            var running = RunAsync(session, service,
                [.. ComposeProject.Words(session.Workspace, stack.Name, stack.Naming), "run", "--rm", "--no-deps", "--name", name,
                 .. Terminal.IsThere ? [] : new[] { "-T" }, service.Name, .. service.Inside(parsed.GetRequiredValue(Arguments.Command))], cancel);
            await Task.WhenAny(running, Task.Delay(Timeout.Infinite, cancel));
            // Told to end, Compose leaves the container running; on a terminal it even waits for it.
            if (cancel.IsCancellationRequested) await session.Docker.RunAsync(["stop", name], CancellationToken.None);
            return await running;
        });
        return verb;
    }

    // The command's exit code; a shell's own where there is no such program, or none that may be executed.
    private static async Task<int> RunAsync(Session session, ServiceSpec service, IEnumerable<string> words, CancellationToken cancel)
    {
        using var errors = new StartErrors(session.Error);
        var code = await session.Shell.AttachAsync(Docker.Program, words, errors, cancel);
        errors.Finish();
        if (errors.Refusal is not { } refusal) return code;
        session.Error.WriteLine(refusal.IsThere
            ? $"{refusal.Program}: The image of '{service.Name}' has it, and it may not be executed. Make it executable in the image, or write what runs it before it."
            : $"{refusal.Program}: The image of '{service.Name}' has no such program. Write the command as a shell in the container would find it, or install it in the image.");
        return refusal.Code;
    }
}
