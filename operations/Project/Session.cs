using System.Collections.Immutable;
using Infra.Model;
using Infra.Operations.Engine;
using Infra.Operations.Foundation;
using Spectre.Console;

namespace Infra.Operations.Project;

/// <summary>What every verb works with.</summary>
public sealed class Session(TextWriter output, TextWriter error, IShell? shell = null, Workspace? workspace = null)
{
    private readonly Lazy<Workspace> found = new(() => workspace ?? Workspace.Find());
    private IShell? ownShell = shell;

    public Workspace Workspace => found.Value;

    public IShell Shell => ownShell ??= new Shell(Workspace.Root, () => Signals?.IsByTerminal == true);

    /// <summary>What tells the command to end, while it runs.</summary>
    public ShutdownSignals? Signals { get; set; }

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>A console with the terminal's colours and width; without colours and of any width where there is none.</summary>
    public IAnsiConsole Console =>
        Terminal.IsThere ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Out) }) : PlainConsole.On(Out);

    public Docker Docker => new(Shell);

    /// <summary>Where the right to change a stack is kept, for one command at a time.</summary>
    public StackLocks Locks { get; init; } = StackLocks.OfMachine;

    /// <summary>The file of the lock that this command has taken.</summary>
    public string? HeldLock { get; private set; }

    /// <summary>Takes the right to change the stack, until it is disposed of; nothing where another has it and the wait was given up.</summary>
    /// <exception cref="UserErrorException">Another command has it, and <c>--wait</c> was not given.</exception>
    public async Task<IDisposable?> TakeLockAsync(Naming naming, string verb, bool isPatient, TextWriter? log, CancellationToken cancellationToken)
    {
        var path = Locks.PathOf(await EngineAddress.OfLocksAsync(Shell, cancellationToken), naming);
        var taken = await StackLocks.TakeAsync(path, naming, $"'{verb} {naming.Stack}' in {Workspace.Root}", isPatient, log, cancellationToken);
        if (taken is not null) HeldLock = path;
        return taken;
    }

    /// <summary>Prints findings, errors first; answers whether there is an error.</summary>
    public bool Report(ImmutableArray<Finding> findings)
    {
        foreach (var finding in findings.OrderByDescending(finding => finding.Severity)) Error.WriteLine(finding);
        return findings.Any(finding => finding.Severity == Severity.Error);
    }

    /// <exception cref="UserErrorException">There is an error among the findings.</exception>
    public void RequireSound(StackContext stack)
    {
        if (Report(stack.Findings)) throw UserErrorException.Failed($"{stack.Naming.Name}: Nothing was started. Fix the errors above.");
        foreach (var name in stack.LeftOut) Error.WriteLine($"warning IMAGES {name}: It is left out: Debian has no package to build its image from.");
    }

    /// <summary>Writes to the file, or to the output when there is none.</summary>
    public void Write(string text, string? file)
    {
        if (file is null)
        {
            Out.Write(text);
            return;
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            File.WriteAllText(file, text);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw UserErrorException.BadInput($"{file}: It cannot be written: {problem.Message} Choose another place with --output.");
        }
    }
}
