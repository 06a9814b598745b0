using System.CommandLine;
using Infra.Operations.Project;
using Infra.Operations.Units;

namespace Infra.Cli.Invocation;

/// <summary>Prints the units of the verbs that systemd can run.</summary>
internal static class UnitPrinter
{
    /// <summary>Prints one of the stack's units, and does nothing else.</summary>
    public static int Print(Session session, StackContext stack, Func<SystemdUnits, string> write)
    {
        session.Out.Write(write(new SystemdUnits(session.Workspace.Root, stack.Name, UnitAccount.Current())));
        return 0;
    }

    /// <summary>The arguments that a unit passes on: these options where they are given, and the project.</summary>
    public static IEnumerable<string> OptionsOf(ParseResult parsed, params IEnumerable<(string Option, string? Value)> options)
        => options.Append((Option: Arguments.Project.Name, Value: parsed.GetValue(Arguments.Project)))
            .SelectMany(given => given.Value is { } value ? new[] { given.Option, value } : []);
}
