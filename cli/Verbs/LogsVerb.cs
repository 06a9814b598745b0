using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.Project;
using Infra.Operations.Up;

namespace Infra.Cli.Verbs;

internal static class LogsVerb
{
    public static Command Make(Session session)
    {
        var service = new Argument<string?>("service")
        {
            Description = "Only this service, or one of its containers: web.2.",
            HelpName = "service (optional)",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var follow = new Option<bool>("--follow", "-f") { Description = "Follow the log output." };
        var tail = new Option<string>("--tail")
        {
            Description = "How many lines to show from the end of each service's log, or all.",
            DefaultValueFactory = _ => "100",
        };
        tail.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && text != "all" && !(int.TryParse(text, out var number) && number >= 0))
                result.AddError($"--tail: '{text}' is not a number from 0, nor 'all'.");
        });
        var verb = new Command("logs", "Shows what the services print.") { Arguments.Stack, service, follow, tail, Arguments.Project };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                var containers = await ExistingContainers.RequireAsync(session, parsed, parsed.GetValue(service), cancellationToken);
                await new LogFollower(session.Shell, session.Out).RunAsync(
                    containers,
                    parsed.GetValue(follow),
                    parsed.GetRequiredValue(tail),
                    cancellationToken
                );
                return 0;
            }
        );
        return verb;
    }
}
