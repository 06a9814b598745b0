using System.CommandLine;
using Infra.Operations.Builds;
using Infra.Operations.Project;

namespace Infra.Cli.Verbs;

internal static class PinVerb
{
    public static Command Make(Session session)
    {
        var verb = new Command("pin", "Writes the digest of each third-party image into components/Parts/Images.cs, as its registry gives it.");
        verb.SetAction(
            async (_, cancellationToken) => await new ImagePins(session.Workspace, session.Shell, session.Out).RunAsync(cancellationToken)
        );
        return verb;
    }
}
