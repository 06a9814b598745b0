using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.Builds;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Stacks;

namespace Infra.Cli.Verbs;

internal static class UnusedVerb
{
    private const string Help =
        "Finds the Python packages that the application declares (pyproject.toml, requirements.txt) "
        + "and neither its code nor a command of its services uses, in the image that is built; exits with 1 when there is one.";

    public static Command Make(Session session)
    {
        var verb = new Command("unused", Help) { Arguments.Stack, Arguments.Images, Arguments.Project };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                (await EngineInfo.ProbeAsync(session.Shell, cancellationToken)).Require();
                var stack = await BuildCommand.OwnAsync(await session.LoadAsync(parsed));
                var (sentences, looked) = await UnusedPackages.FindAsync(
                    session,
                    stack,
                    await StackFactory.GatherAsync(stack.Settings),
                    cancellationToken
                );
                foreach (var sentence in sentences)
                    session.Out.WriteLine(sentence);
                if (sentences.IsEmpty)
                {
                    var packages = looked == 1
                        ? "The one package that is declared is used."
                        : FormattableString.Invariant($"Each of the {looked} packages that are declared is used.");
                    session.Out.WriteLine($"{stack.Naming.Name}: {packages}");
                }
                return sentences.IsEmpty ? 0 : UserErrorException.FailedCode;
            }
        );
        return verb;
    }
}
