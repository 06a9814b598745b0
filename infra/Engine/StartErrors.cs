using System.Text;
using System.Text.RegularExpressions;

namespace Infra.Engine;

/// <summary>Why a container's command was not started.</summary>
/// <param name="Program">The program that was asked for.</param>
/// <param name="IsThere">Whether it is there, and may not be executed.</param>
public sealed record StartRefusal(string Program, bool IsThere)
{
    /// <summary>The exit code of a shell that cannot start it.</summary>
    public int Code => IsThere ? 126 : 127;
}

/// <summary>Passes on what a command in a container writes to its error stream, as it comes, and keeps back the engine's own words where it could not start that.</summary>
public sealed partial class StartErrors(TextWriter through) : TextWriter
{
    private static readonly string[] Starts = ["OCI runtime ", "Error response from daemon: "];
    private readonly StringBuilder held = new();
    private bool isPassing;

    /// <summary>What the engine said, once the command has ended.</summary>
    public StartRefusal? Refusal { get; private set; }

    public override Encoding Encoding => through.Encoding;

    public override void Write(char value)
    {
        // A prompt has no line break behind it: only what may yet be the engine's waits for its end.
        if (isPassing) through.Write(value);
        else held.Append(value);
        if (value == '\n') EndLine();
        else if (!isPassing && !Starts.Any(MayBe)) Pass();
    }

    public override void Flush() => through.Flush();

    /// <summary>Takes what it holds for a whole line.</summary>
    public void Finish() => EndLine();

    private void EndLine()
    {
        if (Refused().Match(held.ToString()) is { Success: true } match)
        {
            Refusal = new StartRefusal(match.Groups["program"].Value, match.Groups["reason"].Value.Contains("denied", StringComparison.OrdinalIgnoreCase));
            held.Clear();
        }

        Pass();
        isPassing = false;
    }

    private bool MayBe(string start)
    {
        var length = Math.Min(start.Length, held.Length);
        return held.ToString(0, length) == start[..length];
    }

    private void Pass()
    {
        through.Write(held);
        held.Clear();
        isPassing = true;
    }

    [GeneratedRegex("""OCI runtime .*exec: "(?<program>[^"]+)": (?<reason>.+)""")]
    private static partial Regex Refused();
}
