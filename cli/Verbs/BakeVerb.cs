using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.Builds;
using Infra.Operations.Project;
using Infra.Targets.Bake;

namespace Infra.Cli.Verbs;

internal static class BakeVerb
{
    public static Command Make(Session session)
    {
        var verb = new Command("bake", "Writes how a stack's images are built, for docker buildx bake.")
        {
            Arguments.Stack, Arguments.Output, BuildVerb.Platforms, Arguments.Images, Arguments.Project,
        };
        verb.SetAction(async (parsed, _) =>
        {
            var stack = await BuildCommand.OwnAsync(await session.LoadAsync(parsed));
            session.Write(BakeWriter.Write(stack.Topology, BuildVerb.PlatformsOf(parsed)), parsed.GetValue(Arguments.Output));
            return 0;
        });
        return verb;
    }
}
