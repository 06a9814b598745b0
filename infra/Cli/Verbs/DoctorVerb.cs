using System.CommandLine;
using Infra.Setup;

namespace Infra.Cli.Verbs;

internal static class DoctorVerb
{
    public static Command Make(Session session)
    {
        var verb = new Command("doctor", "Says what is there, what is missing and what to do: engine, Compose, Pulumi, the source of its packages, ports.") { Arguments.Project };
        verb.SetAction((_, cancel) => new Doctor(session).RunAsync(cancel));
        return verb;
    }
}
