using System.CommandLine;
using Infra.Engine;
using Infra.Up;

namespace Infra.Cli.Verbs;

internal static class WatchVerb
{
    public static Command Make(Session session)
    {
        var verb = new Command("watch", "Follows edits into the running services: copies code, rebuilds on changed dependencies.") { Arguments.Stack, Arguments.Project };
        verb.SetAction(async (parsed, cancel) =>
        {
            var stack = await session.LoadAsync(parsed);
            if (stack.Topology.Services.All(service => service.Watch.IsEmpty))
                throw CliException.Bad($"{stack.Naming.Name}: No service of this stack has a watch rule. Watch mode is for development stacks.");
            await StandingContainers.RequireAsync(session, parsed, null, cancel);
            session.Error.WriteLine("A change of dependencies rebuilds the image, and every service that runs it is made anew.");
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            var following = new ImageFollowers(session.Workspace, session.Shell, session.Docker, stack, session.Error).FollowAsync(ended.Token);
            var code = await session.Shell.AttachAsync(
                Docker.Program, [.. ComposeProject.Words(session.Workspace, stack.Name, stack.Naming), "watch", "--no-up"], cancel);
            await ended.CancelAsync();
            await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return code;
        });
        return verb;
    }
}
