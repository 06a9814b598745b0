using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Model;
using Infra.Operations.ComposeEngine;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;

namespace Infra.Cli.Verbs;

internal static class WatchVerb
{
    public static Command Make(Session session)
    {
        var verb = new Command("watch", "Follows edits into the running services: copies code, rebuilds on changed dependencies or Dockerfile.")
        {
            Arguments.Stack,
            Arguments.Project,
        };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                var stack = await session.LoadAsync(parsed);
                if (stack.Topology.Services.All(service => service.Watch.IsEmpty))
                    throw UserErrorException.BadInput(
                        $"{stack.Naming.Name}: No service of this stack has a watch rule. Watch mode is for development stacks."
                    );
                var existing = await ExistingContainers.RequireAsync(session, parsed, null, cancellationToken);
                WrittenProject.Require(
                    session.Workspace,
                    stack,
                    existing,
                    "watch",
                    $"With infra:app.reload: mount an edit is live without it; after a change of dependencies run './infra.sh up {stack.Name}'."
                );
                session.Error.WriteLine(
                    "A change of dependencies or of the Dockerfile rebuilds the image, and every service that runs it is recreated."
                );
                foreach (var path in Unseen(session.Workspace, stack.Topology))
                    session.Error.WriteLine(
                        $"{path}: .dockerignore leaves it out, so Compose does not see it change. Run './infra.sh up {stack.Name}' after that."
                    );
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var following = new ImageFollowers(session.Workspace, session.Shell, session.Docker, stack, session.Error).FollowAsync(ended.Token);
                var code = await session.Shell.AttachAsync(
                    Docker.Program,
                    [.. ComposeProject.Arguments(session.Workspace, stack.Name, stack.Naming), "watch", "--no-up"],
                    cancellationToken
                );
                await ended.CancelAsync();
                await following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return code;
            }
        );
        return verb;
    }

    // Compose's watch passes over what the builder does not get, the Dockerfile too, which that gets nevertheless.
    private static IEnumerable<string> Unseen(Workspace workspace, Topology topology) =>
        from service in topology.Services
        where service.Image is BuiltImage
        let image = (BuiltImage)service.Image
        let ignore = IgnoreFile.Read(workspace.Absolute(image.Context), image.Dockerfile)
        from rule in service.Watch
        where rule.Action == WatchAction.Rebuild && ignore.LeavesOut(Path.GetRelativePath(image.Context, rule.Path).Replace('\\', '/'))
        select rule.Path;
}
