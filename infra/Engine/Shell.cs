using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Infra.Cli;

namespace Infra.Engine;

/// <summary>Starts programs of this machine, in the project's root.</summary>
public sealed class Shell(string workingDirectory) : IShell
{
    private const int Interrupted = 130;

    public async Task<ShellResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancel = default)
    {
        using var process = Start(program, arguments, info =>
        {
            info.RedirectStandardOutput = true;
            info.RedirectStandardError = true;
            info.RedirectStandardInput = true;
        });
        using var kill = cancel.Register(() => Kill(process));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        cancel.ThrowIfCancellationRequested();
        // Ctrl-C reaches both processes, and the other one may be the first to act on it.
        if (process.ExitCode == Interrupted) throw new OperationCanceledException();
        return new ShellResult(process.ExitCode, await output, await error);
    }

    public async Task<int> AttachAsync(string program, IEnumerable<string> arguments, CancellationToken cancel = default)
    {
        using var process = Start(program, arguments, _ => { });
        // Ctrl-C reaches the program by the terminal; it ends in its own way.
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    public async IAsyncEnumerable<string> LinesAsync(
        string program, IEnumerable<string> arguments, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        using var process = Start(program, arguments, info => info.RedirectStandardOutput = true);
        using var kill = cancel.Register(() => Kill(process));
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line) yield return line;
    }

    public string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    private Process Start(string program, IEnumerable<string> arguments, Action<ProcessStartInfo> configure)
    {
        var info = new ProcessStartInfo(program, arguments) { WorkingDirectory = workingDirectory };
        configure(info);
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception error)
        {
            throw CliException.Failure($"'{program}' cannot be started: {error.Message}. Run './infra.sh doctor' to see what is missing.");
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
