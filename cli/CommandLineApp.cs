using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using Infra.Cli.Invocation;
using Infra.Cli.Verbs;
using Infra.Model;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Stacks.Configuration;

namespace Infra.Cli;

/// <summary>The command line: <c>./infra.sh VERB</c>.</summary>
public static class CommandLineApp
{
    /// <summary>Runs a command. Exit codes: 0 done, 1 failed or findings, 2 bad input.</summary>
    public static Task<int> RunAsync(string[] args) => RunAsync(args, new Session(Console.Out, Console.Error));

    /// <summary>Runs a command with these streams.</summary>
    public static async Task<int> RunAsync(string[] args, Session session)
    {
        var root = Root(session);
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Action is ParseErrorAction) return ReportBadArguments(root, parsed, session.Error);
        try
        {
            using ShutdownSignals ending = new ShutdownSignals();
            session.Signals = ending;
            // The library's own way with signals does not tell one from the other.
            var configuration = new InvocationConfiguration
            {
                Output = session.Out,
                Error = session.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            };
            return await ending.WaitAsync(parsed.InvokeAsync(configuration, ending.Token));
        }
        catch (UserErrorException error)
        {
            await session.Error.WriteLineAsync(Visible.Lines(error.Message));
            return error.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await session.Error.WriteLineAsync("Interrupted. What was done stays; the same command continues from here.");
            return UserErrorException.FailedCode;
        }
        catch (IOException error) when (DiskFull.Is(error))
        {
            await session.Error.WriteLineAsync(DiskFull.Sentence(error));
            return UserErrorException.FailedCode;
        }
        catch (UnauthorizedAccessException error)
        {
            await session.Error.WriteLineAsync(
                $"{error.Message.TrimEnd('.')}. Give '{Environment.UserName}', who runs this, the right to it, and run the same command again."
            );
            return UserErrorException.FailedCode;
        }
        catch (Exception error)
        {
            var isVerbose = parsed.GetValue(Arguments.Verbose);
            await session.Error.WriteLineAsync(
                isVerbose ? error.ToString() : $"Unexpected: {error.Message} Run it again with --verbose to see where."
            );
            return UserErrorException.FailedCode;
        }
    }

    // Not a RootCommand, which would be called after the program's file.
    private static Command Root(Session session)
    {
        var root = new Command("./infra.sh", "Environments as code for Python web applications.")
        {
            PreviewVerb.Make(session), ComposeVerb.Make(session), GraphVerb.Make(session), CheckVerb.Make(session),
            ImportVerb.Make(session), DiffVerb.Make(session),
            UpVerb.Make(session), DownVerb.Make(session), RestartVerb.Make(session), StatusVerb.Make(session), LogsVerb.Make(session),
            WatchVerb.Make(session), ExecVerb.Make(session), RunVerb.Make(session), PinVerb.Make(session),
            DockerfileVerb.Make(session), BuildVerb.Make(session), BakeVerb.Make(session), UnusedVerb.Make(session),
            ReleasesVerb.Make(session), RollbackVerb.Make(session), MaintenanceVerb.Make(session),
            BackupVerb.Make(session), RestoreVerb.Make(session), RotateVerb.Make(session), HealVerb.Make(session), DoctorVerb.Make(session),
        };
        root.Options.Add(new HelpOption());
        root.Options.Add(new VersionOption { Description = "Show the version.", Action = new ShowVersion(session) });
        root.Options.Add(Arguments.Verbose);
        return root;
    }

    private static int ReportBadArguments(Command root, ParseResult parsed, TextWriter error)
    {
        var command = parsed.CommandResult.Command;
        if (command == root)
        {
            var verbs = root.Subcommands.Select(verb => verb.Name).ToArray();
            var first = parsed.UnmatchedTokens is [var word, ..] ? word : null;
            var what = first is null ? "A command is missing." : "There is no such command." + Nearest.Hint(first, verbs);
            error.WriteLine($"{first ?? root.Name}: {what} Commands: {string.Join(", ", verbs)}.");
            return UserErrorException.BadInputCode;
        }

        foreach (var problem in parsed.Errors) error.WriteLine($"{command.Name}: {problem.Message}");
        error.WriteLine($"See './infra.sh {command.Name} --help'.");
        return UserErrorException.BadInputCode;
    }

    private sealed class ShowVersion(Session session) : SynchronousCommandLineAction
    {
        public override bool Terminating => true;

        public override int Invoke(ParseResult parseResult)
        {
            session.Out.WriteLine(typeof(CommandLineApp).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
            return 0;
        }
    }
}
