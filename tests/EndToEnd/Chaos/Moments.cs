using System.Globalization;
using Xunit.Abstractions;

namespace Infra.Tests.EndToEnd.Chaos;

/// <summary>The moments at which one test's commands are killed: a seed decides, which every message names.</summary>
internal sealed class Moments
{
    /// <summary>The variable that repeats a run.</summary>
    public const string SeedVariable = "INFRA_CHAOS_SEED";

    private static readonly int Number = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), CultureInfo.InvariantCulture, out var given)
        ? given
        : System.Random.Shared.Next(1_000_000);

    private readonly ITestOutputHelper log;

    /// <summary>Those of a test: the same whichever others run before it.</summary>
    public Moments(ITestOutputHelper log)
    {
        this.log = log;
        log.WriteLine($"{Seed} repeats it.");
    }

    /// <summary>What repeats the test.</summary>
    public static string Seed => $"{SeedVariable}={Number}";

    public Random Random { get; } = new(Number);

    /// <summary>Starts a command, and kills it at some moment of this span: alone, or with all that it has started.</summary>
    /// <param name="project">Where.</param>
    /// <param name="span">How long the command takes undisturbed.</param>
    /// <param name="withChildren">Whether all that it has started is killed as well.</param>
    /// <param name="arguments">The command.</param>
    /// <param name="line">The beginning of what it says when the span begins. Defaults to its start.</param>
    /// <returns>What happened, for a message.</returns>
    public async Task<string> KillAsync(Project project, TimeSpan span, bool withChildren, string[] arguments, string? line = null)
    {
        var after = span * Random.NextDouble();
        using var command = project.Start(arguments);
        if (line is not null) await WaitForLineAsync(command, line);
        await Task.Delay(after);
        var id = command.Id.ToString(CultureInfo.InvariantCulture);
        var ended = command.HasEnded;
        await Program.RunAsync("kill", ["-KILL", "--", withChildren ? "-" + id : id]);
        await command.EndAsync();
        var how = ended ? "ended by itself before it was killed," : withChildren ? "killed with its children" : "killed";
        var since = line is null ? "" : $" of '{line}'";
        var what = FormattableString.Invariant($"'{string.Join(' ', arguments)}' {how} after {after.TotalSeconds:0.00} s{since}");
        log.WriteLine(what);
        return $"{what} ({Seed}):\n{command.Output}";
    }

    private static Task<bool> WaitForLineAsync(Program command, string line) => Eventually.SeesAsync(
        $"'{line}'", TimeSpan.FromMinutes(2),
        () => Task.FromResult(command.HasEnded || command.Output.Contains(line, StringComparison.Ordinal)), said => said,
        () => Task.FromResult(command.Output), TimeSpan.FromMilliseconds(10));
}
