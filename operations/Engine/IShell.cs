using System.Text.RegularExpressions;

namespace Infra.Operations.Engine;

/// <summary>What a program said before it ended.</summary>
public sealed partial record ShellResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary>
    /// The reason as a sentence: the first line that calls itself an error, else the last that is not empty.
    /// The error stream is read first, then the output.
    /// </summary>
    public string Reason
    {
        get
        {
            var line = Line(Error) ?? Line(Output) ?? $"It gave no message, only the exit code {ExitCode}.";
            return line[^1] is '.' or '!' or '?' ? line : line + ".";
        }
    }

    private static string? Line(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var telling = lines.Where(line => !Pointer().IsMatch(line)).ToArray();
        return telling.FirstOrDefault(line => Cause().IsMatch(line)) ?? telling.LastOrDefault() ?? lines.LastOrDefault();
    }

    // What follows the reason and only points elsewhere, or only says that there was an error.
    [GeneratedRegex(
        @"^((See|Run) '[^']+ --help'|Try '[^']+ --help'|For more help|tar: (Error is not recoverable|Exiting with failure status))",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Pointer();

    [GeneratedRegex(
        @"^(\S+: )?(Error response from daemon|error during connect|error|fatal|panic)\b[^:]*:",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Cause();
}

/// <summary>Starts other programs.</summary>
public interface IShell
{
    /// <summary>Variables of the environment of every program that it starts, besides those of this process.</summary>
    IDictionary<string, string> Variables { get; }

    /// <summary>Runs it to its end and keeps what it says. It is killed when cancelled.</summary>
    Task<ShellResult> RunAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs it to its end with this input (none when unset); its output is written there (kept when unset).
    /// It is killed when cancelled.
    /// </summary>
    Task<ShellResult> StreamAsync(
        string program,
        IEnumerable<string> arguments,
        Stream? input,
        Stream? output,
        CancellationToken cancellationToken = default
    );

    /// <summary>Runs it on this terminal. It is asked to end when cancelled, as it ends in its own way, and waited for.</summary>
    Task<int> AttachAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken = default);

    /// <summary>Runs it to its end and hands on each line that it says, on either stream, as it comes. It is killed when cancelled.</summary>
    Task<int> RunWithOutputAsync(string program, IEnumerable<string> arguments, Action<string> line, CancellationToken cancellationToken = default);

    /// <summary>Its output, line by line as it comes, until it ends or is cancelled.</summary>
    IAsyncEnumerable<string> ReadLinesAsync(string program, IEnumerable<string> arguments, CancellationToken cancellationToken = default);

    /// <summary>Where the program is on the PATH, if anywhere.</summary>
    string? Find(string program);
}
