using System.CommandLine;
using Infra.Model;
using Infra.Operations.Backups;
using Infra.Operations.Foundation;
using Infra.Operations.Loading;
using Infra.Operations.Project;
using Infra.Operations.Running;
using Infra.Stacks.Configuration;

namespace Infra.Cli.Invocation;

/// <summary>What a command reads from its session by its arguments.</summary>
internal static class SessionExtensions
{
    /// <summary>The stack that the arguments name.</summary>
    public static Task<StackContext> LoadAsync(this Session session, ParseResult parsed, ImageSource? images = null) =>
        StackLoader.LoadAsync(
            session.Workspace,
            parsed.GetRequiredValue(Arguments.Stack),
            parsed.GetValue(Arguments.Project),
            images ?? parsed.GetValue(Arguments.Images)
        );

    /// <summary>
    /// The name of a stack whose objects are asked for by label.
    /// Its settings need not be right for that, nor be there while objects of it are.
    /// </summary>
    /// <exception cref="UserErrorException">There is no such stack, and nothing of it on the engine.</exception>
    public static async Task<Naming> NamingAsync(this Session session, ParseResult parsed, CancellationToken cancellationToken)
    {
        var stack = parsed.GetRequiredValue(Arguments.Stack);
        var naming = new Naming(parsed.GetValue(Arguments.Project) ?? SettingsFile.ProjectName(session.Workspace.Project), stack);
        if (!File.Exists(session.Workspace.Settings(stack)) && !await Leftovers.AreThereAsync(session, naming, cancellationToken))
            StackLoader.RequireKnown(session.Workspace, stack);
        return naming;
    }

    /// <summary>Takes the right to change the stack, until it is disposed of, and ends what a killed command has left at work.</summary>
    /// <exception cref="UserErrorException">Another command has it, and <c>--wait</c> was not given.</exception>
    public static Task<IDisposable?> LockAsync(this Session session, ParseResult parsed, Naming naming, CancellationToken cancellationToken)
        => session.LockAsync(naming, parsed.CommandResult.Command.Name, parsed.GetValue(Arguments.Wait), session.Error, cancellationToken);

    /// <summary>The same for a verb that has no such option.</summary>
    public static async Task<IDisposable?> LockAsync(
        this Session session,
        Naming naming,
        string verb,
        bool isPatient,
        TextWriter? log,
        CancellationToken cancellationToken
    )
    {
        var taken = await session.TakeLockAsync(naming, verb, isPatient, log, cancellationToken);
        if (taken is null) return null;
        try
        {
            await new KilledWork(session.Shell, session.Workspace, naming, session.Error).EndAsync(verb, cancellationToken);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }
}
