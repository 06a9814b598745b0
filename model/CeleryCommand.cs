using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Infra.Model;

/// <summary>
/// What a command, or a script's line, makes Celery do besides working on tasks. The model knows this one product for a rule's sake:
/// two schedulers of one application are told by their commands alone.
/// </summary>
public static partial class CeleryCommand
{
    // Of Celery itself and of its worker: those that are followed by a value, as Celery 5's help has them.
    private static readonly FrozenSet<char> Valued = "AbnSlOPcQXIsf".ToFrozenSet();
    private static readonly FrozenSet<char> Flags = "BCDEhq".ToFrozenSet();
    private static readonly FrozenSet<string> ValuedOfCelery = new[]
    {
        "--app",
        "--broker",
        "--result-backend",
        "--loader",
        "--config",
        "--workdir",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// Whether it sends scheduled tasks: as <c>beat</c>, or as a worker with <c>--beat</c> or <c>-B</c>.
    /// <c>-B</c> may stand among other options of one letter (<c>-EB</c>).
    /// </summary>
    public static bool Schedules(IEnumerable<string> command) => Separator().Split(string.Join(' ', command)).Any(text => SchedulesOne(
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('\'', '"', '(', ')', ';'))]));

    private static bool SchedulesOne(ImmutableArray<string> words)
    {
        var celery = words.Select(word => word[(word.LastIndexOf('/') + 1)..]).ToList().IndexOf("celery");
        if (celery < 0) return false;
        string? subcommand = null;
        for (var at = celery + 1; at < words.Length; at++)
            if (!words[at].StartsWith('-')) subcommand ??= words[at];
            else if (subcommand is "worker" or "multi" && IsBeat(words[at])) return true;
            else if (ValuedOfCelery.Contains(words[at]) || (words[at].Length == 2 && Valued.Contains(words[at][1]))) at++;
        return subcommand == "beat";
    }

    // In -lB the B is the level's.
    private static bool IsBeat(string option) => option == "--beat" || option.Skip(1).TakeWhile(Flags.Contains).Contains('B');

    [GeneratedRegex(@"(?:^|\s)(?:&&|\|\||[;&|])(?=\s|$)|;(?=\s|$)|\n")]
    private static partial Regex Separator();
}
