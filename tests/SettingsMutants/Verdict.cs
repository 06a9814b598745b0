using System.Diagnostics;
using System.Text.RegularExpressions;
using Infra.Cli;
using Infra.Operations.Foundation;
using Infra.Operations.Project;
using Infra.Tests.Support;

namespace Infra.Tests.SettingsMutants;

/// <summary>What the command line says to a mutant.</summary>
/// <param name="Mutant">Which one.</param>
/// <param name="Root">Its project's folder.</param>
/// <param name="Code">The exit code of <c>check</c>.</param>
/// <param name="Lines">What it says is wrong.</param>
/// <param name="Compose">The Compose file of what is accepted; nothing where an error is reported.</param>
/// <param name="Time">How long both verbs took.</param>
internal sealed partial record Verdict(Mutant Mutant, string Root, int Code, IReadOnlyList<string> Lines, string? Compose, TimeSpan Time)
{
    // So many times more than the slowest takes on a busy machine.
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(30);

    /// <summary>Asks it by the verbs <c>check</c> and <c>compose</c>.</summary>
    public static async Task<Verdict> OfAsync(Mutant mutant, Workspace workspace)
    {
        var clock = Stopwatch.StartNew();
        var (code, _, error) = await RunAsync("check", workspace, mutant);
        // Only `check` also asks for the secrets of production, which nobody has given.
        var (written, compose, _) = code == UserErrorException.BadInputCode ? (code, "", "") : await RunAsync("compose", workspace, mutant);
        string[] lines = [.. error.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        return new Verdict(mutant, workspace.Root, code, lines, written == 0 ? compose : null, clock.Elapsed);
    }

    /// <summary>What is wrong with what was said; nothing where all is as it should be.</summary>
    public IEnumerable<string> Faults()
    {
        if (Code is not (0 or UserErrorException.FailedCode or UserErrorException.BadInputCode)) yield return $"the exit code {Code}";
        if (Code != 0 && Lines.Count == 0) yield return "no reason";
        foreach (var line in Lines)
            if (!Sentence().IsMatch(line)) yield return $"no place, no sentence or nothing to do: {line}";
            else if (Unplaced().Match(line).Groups["key"].Value is { Length: > 0 } key && IsWritten(key))
                yield return $"no line, though the key is there: {line}";
            else if (Trace().IsMatch(line)) yield return $"an exception: {line}";
    }

    private bool IsWritten(string key) => Mutant.Text.Contains($"\n  {key}:", StringComparison.Ordinal);

    private static async Task<(int Code, string Out, string Error)> RunAsync(string verb, Workspace workspace, Mutant mutant)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var run = Task.Run(() => CommandLineApp.RunAsync([verb, MutantProjects.Stack], new Session(output, error, FakeShell.Bare(), workspace)));
        if (await Task.WhenAny(run, Task.Delay(Never)) != run) throw new TimeoutException($"'{verb}' does not end: {mutant}");
        return (await run, output.ToString(), error.ToString());
    }

    // A place; what is wrong; what to do about it, or why it is waived.
    [GeneratedRegex(
        @"^(Pulumi\.mutant\.yaml|(error|warning|waived) [A-Z]+(-[A-Z]+)* \S).*: \S.*[.!?…)'""](\s[^\p{Cc}\p{Cf}\u2028\u2029]*[.?…]|\sWaived: .*)$"
    )]
    private static partial Regex Sentence();

    [GeneratedRegex(@"^Pulumi\.mutant\.yaml (?<key>infra:\w+)")]
    private static partial Regex Unplaced();

    [GeneratedRegex(@"Unexpected|   at |\w(Exception|Error)\b|Object reference|Parameter '")]
    private static partial Regex Trace();
}
