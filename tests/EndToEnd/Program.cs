using System.Diagnostics;
using System.Text;

namespace Infra.Tests.EndToEnd;

/// <summary>How a program ended and what it said.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    public override string ToString() => $"exit code {ExitCode}\n{Output}\n{Error}";
}

/// <summary>A program that runs beside the test; killed, with all that it started, when it takes too long.</summary>
internal sealed class Program : IDisposable
{
    // The first command may have to build the command line.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly StringBuilder error = new();

    private Program(Process process, Action<string>? onLine)
    {
        this.process = process;
        process.OutputDataReceived += (_, line) => Keep(output, line.Data, onLine);
        process.ErrorDataReceived += (_, line) => Keep(error, line.Data, onLine);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    public bool HasEnded => process.HasExited;

    /// <summary>What it has said up to now.</summary>
    public string Output
    {
        get
        {
            lock (output) lock (error) return $"{output}{error}";
        }
    }

    /// <summary>Starts it; what the test runner set for its own build never reaches it.</summary>
    public static Program Start(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? variables = null,
        Action<string>? onLine = null
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in variables ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.StandardInput.Close();
        return new Program(process, onLine);
    }

    public static async Task<CommandResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string>? variables = null
    )
    {
        using var running = Start(program, arguments, variables);
        return await running.EndAsync();
    }

    /// <summary>Waits for its end.</summary>
    public async Task<CommandResult> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException(
                $"'{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}' did not end within {Patience}. It said:\n{Output}"
            );
        }

        lock (output) lock (error) return new CommandResult(process.ExitCode, output.ToString(), error.ToString());
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill(entireProcessTree: true);
        process.Dispose();
    }

    private static void Keep(StringBuilder text, string? line, Action<string>? onLine)
    {
        if (line is null) return;
        lock (text) text.Append(line).Append('\n');
        onLine?.Invoke(line);
    }
}
