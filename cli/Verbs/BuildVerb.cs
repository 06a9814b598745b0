using System.Collections.Immutable;
using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.Builds;
using Infra.Operations.Project;

namespace Infra.Cli.Verbs;

internal static class BuildVerb
{
    private static readonly Option<bool> Push = new("--push") { Description = "Push them to the registry of infra:app.registry." };

    private static readonly Option<bool> NoCache = new("--no-cache") { Description = "Do not use the cache: build every layer." };

    public static Option<string[]> Platforms { get; } = new("--platform")
    {
        Description = "A platform instead of infra:app.platforms, such as linux/arm64; once for each.",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Make(Session session)
    {
        var verb = new Command("build", "Builds a stack's images, for several platforms if needed.")
        {
            Arguments.Stack, Push, NoCache, Platforms, Arguments.Images, Arguments.Project,
        };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                var stack = await BuildCommand.OwnAsync(await session.LoadAsync(parsed), parsed.GetValue(Push));
                return await new BuildCommand(session).RunAsync(
                    stack,
                    new BuildOrder(PlatformsOf(parsed), parsed.GetValue(Push), parsed.GetValue(NoCache)),
                    cancellationToken
                );
            }
        );
        return verb;
    }

    public static ImmutableArray<string> PlatformsOf(ParseResult parsed) => [.. parsed.GetValue(Platforms) ?? []];
}
