using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.Operations.ComposeInput.Import.Services;

/// <summary>Beat's command: where it keeps its times, which must outlive its container.</summary>
internal static partial class BeatCommand
{
    private const string Schedule = "/var/lib/celery/beat/schedule";

    /// <summary>Writes where the schedule is.</summary>
    /// <returns>The command to write.</returns>
    public static ImmutableArray<string> Write(ServicePlan plan, ImmutableArray<string> command)
    {
        var text = string.Join(' ', command);
        if (InDatabase().IsMatch(text) || !plan.Service.Words("entrypoint").IsEmpty || command.IsEmpty || IsScript(command))
        {
            // Its times are in a database, or a script says where they are.
            plan.Settings.Set("schedule", "/tmp/schedule");
            return command;
        }

        if (File().Match(text) is { Success: true } match && match.Groups["path"].Value.StartsWith('/'))
        {
            plan.Settings.Set("schedule", match.Groups["path"].Value);
            return command;
        }

        plan.Ledger.Improved(
            "command.schedule",
            "a file in the folder that it starts in, lost or left behind with the container",
            $"{Schedule}, on a volume"
        );
        return [.. command.Where((word, at) => !IsOfFile(word)
            && (at == 0 || command[at - 1] is not ("-s" or "--schedule"))), $"--schedule={Schedule}", .. Pid(text)];
    }

    private static bool IsOfFile(string word) => word is "-s" or "--schedule" || word.StartsWith("--schedule=", StringComparison.Ordinal);

    // One that is left behind keeps it from starting.
    private static string[] Pid(string text) => text.Contains("--pidfile", StringComparison.Ordinal) ? [] : ["--pidfile="];

    private static bool IsScript(ImmutableArray<string> command) =>
        !command.Any(word => word is "celery" || word.EndsWith("/celery", StringComparison.Ordinal));

    [GeneratedRegex("DatabaseScheduler|redbeat|RedBeat|--scheduler|-S ")]
    private static partial Regex InDatabase();

    [GeneratedRegex(@"(-s|--schedule)[= ](?<path>\S+)")]
    private static partial Regex File();
}
