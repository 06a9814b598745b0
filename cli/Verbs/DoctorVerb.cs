using System.CommandLine;
using Infra.Cli.Invocation;
using Infra.Operations.Project;
using Infra.Operations.Setup;

namespace Infra.Cli.Verbs;

internal static class DoctorVerb
{
    public static Command Make(Session session)
    {
        var install = new Option<bool>("--install") { Description = "Install and start what is missing, where this machine allows it." };
        var verb = new Command(
            "doctor",
            "Says what is there, what is missing and what to do: engine, Compose, Pulumi, the source of its packages, ports."
        )
        {
            install,
            Arguments.Yes,
        };
        verb.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (parsed.GetValue(install))
                    await new EngineSetup(session).EnsureAsync(parsed.GetValue(Arguments.Yes), cancellationToken);
                return await new Doctor(session).RunAsync(cancellationToken);
            }
        );
        return verb;
    }
}
