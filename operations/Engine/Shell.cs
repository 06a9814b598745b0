using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Infra.Operations.Foundation;

namespace Infra.Operations.Engine;

/// <summary>Starts programs of this machine, in the project's root.</summary>
/// <param name="workingDirectory">The project's root.</param>
/// <param name="isEndedByTerminal">Whether the wish to end came from the terminal, which tells every program that runs on it. Defaults to no.</param>
public sealed class Shell(string workingDirectory, Func<bool>? isEndedByTerminal = null) : IShell
{
    private const int Interrupted = 130;

    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public Task<ShellResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken = default)
        => StreamAsync(program, arguments, null, null, cancellationToken);

    public async Task<ShellResult> StreamAsync(
        string program,
        IEnumerable<string> arguments,
        Stream? input,
        Stream? output,
        CancellationToken cancellationToken = default
    )
    {
        using var process = Start(program, arguments, RedirectAll);
        using var kill = cancellationToken.Register(() => Kill(process));
        var feeding = FeedAsync(process, input);
        var said = output is null ? process.StandardOutput.ReadToEndAsync(CancellationToken.None) : DrainAsync(process, output);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await process.WaitForExitAsync(CancellationToken.None);
        await feeding;
        var text = await said;
        cancellationToken.ThrowIfCancellationRequested();
        // Ctrl-C reaches both processes, and the other one may be the first to act on it.
        if (process.ExitCode == Interrupted) throw new OperationCanceledException();
        return new ShellResult(process.ExitCode, text, await error);
    }

    public async Task<int> AttachAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var process = Start(program, arguments, _ => { });
        // Ctrl-C reaches the program by the terminal: a second wish to end would cut short what it does at the first.
        using var wish = cancellationToken.Register(() =>
        {
            if (isEndedByTerminal?.Invoke() != true) Terminate(process);
        });
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    public async Task<int> RunWithOutputAsync(
        string program,
        IEnumerable<string> arguments,
        Action<string> line,
        CancellationToken cancellationToken = default
    )
    {
        using var process = Start(program, arguments, info =>
        {
            info.RedirectStandardOutput = true;
            info.RedirectStandardError = true;
        });
        using var kill = cancellationToken.Register(() => Kill(process));
        var turn = new Lock();
        await Task.WhenAll(PassOnAsync(process.StandardOutput), PassOnAsync(process.StandardError));
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode == Interrupted) throw new OperationCanceledException();
        return process.ExitCode;

        async Task PassOnAsync(StreamReader stream)
        {
            while (await stream.ReadLineAsync(CancellationToken.None) is { } text)
                lock (turn) line(text);
        }
    }

    public async IAsyncEnumerable<string> ReadLinesAsync(
        string program, IEnumerable<string> arguments, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        // It may outlive this process, should that be killed, until it has something to say: whoever reads what we say would wait for it.
        using var process = Start(program, arguments, RedirectAll);
        using var kill = cancellationToken.Register(() => Kill(process));
        var complaints = PassOnAsync(process.StandardError, Console.Error);
        while (await process.StandardOutput.ReadLineAsync(CancellationToken.None) is { } line) yield return line;
        await complaints;
    }

    public string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    /// <summary>What a program that is not there is answered by.</summary>
    public static UserErrorException NotStarted(string program, string reason)
        => UserErrorException.Failed($"'{program}' cannot be started: {reason}. Run './infra.sh doctor' to see what is missing.");

    private static void RedirectAll(ProcessStartInfo info)
    {
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        info.RedirectStandardInput = true;
    }

    private static async Task PassOnAsync(StreamReader from, TextWriter to)
    {
        while (await from.ReadLineAsync() is { } line) await to.WriteLineAsync(line);
    }

    private static async Task FeedAsync(Process process, Stream? input)
    {
        var buffer = new byte[1 << 16];
        try
        {
            while (input is not null && await input.ReadAsync(buffer) is > 0 and var read)
                if (!await WriteAsync(process.StandardInput.BaseStream, buffer.AsMemory(0, read))) return;
        }
        catch
        {
            // The source cannot be read on: the program must neither wait for the rest nor take a part for the whole.
            Kill(process);
            throw;
        }

        process.StandardInput.Close();
    }

    // Not when the program has ended before it had read everything: its exit code says why.
    private static async Task<bool> WriteAsync(Stream into, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await into.WriteAsync(bytes);
            await into.FlushAsync();
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task<string> DrainAsync(Process process, Stream output)
    {
        try
        {
            await process.StandardOutput.BaseStream.CopyToAsync(output);
            return "";
        }
        catch (IOException)
        {
            // Its output cannot be written any more (a full disk): it must not block on that.
            Kill(process);
            throw;
        }
    }

    private Process Start(string program, IEnumerable<string> arguments, Action<ProcessStartInfo> configure)
    {
        var info = new ProcessStartInfo(program, arguments) { WorkingDirectory = workingDirectory };
        // An attestation differs with each build, and an engine with containerd's image store makes it part of the image.
        // Every service would be recreated for nothing.
        info.Environment.TryAdd("BUILDX_NO_DEFAULT_ATTESTATIONS", "1");
        foreach (var (name, value) in Variables) info.Environment[name] = value;
        configure(info);
        try
        {
            return Process.Start(info)!;
        }
        catch (Win32Exception error)
        {
            throw NotStarted(program, error.Message);
        }
    }

    // The framework can only kill.
    private static void Terminate(Process process)
    {
        using var kill = Process.Start("sh", ["-c", "kill -TERM \"$1\" 2>/dev/null", "kill", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
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
