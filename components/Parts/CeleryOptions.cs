using System.Collections.Immutable;
using System.Globalization;

namespace Infra.Components.Parts;

/// <summary>What a command of Celery's is given as arguments.</summary>
internal static class CeleryOptions
{
    /// <summary>The application: <c>-A shop.celery_app</c>.</summary>
    public static string? Application(ImmutableArray<string> command) => Option(command, "-A", "--app");

    /// <summary>The worker's name, <c>mail@%h</c>, as Celery completes it.</summary>
    public static string? Node(ImmutableArray<string> command) => Option(command, "-n", "--hostname") is not { } name ? null
        : (name.Contains('@', StringComparison.Ordinal) ? name : name + "@%h").Replace("%n", "%h", StringComparison.Ordinal);

    /// <summary>What its tasks run in: <c>prefork</c>, <c>gevent</c>.</summary>
    public static string? Pool(ImmutableArray<string> command) => Option(command, "-P", "--pool");

    /// <summary>How many tasks it works on at a time.</summary>
    public static int? Concurrency(ImmutableArray<string> command)
        => int.TryParse(Option(command, "-c", "--concurrency"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // What a shell or a reloader is given is one argument of the command.
    private static string? Option(ImmutableArray<string> command, string brief, string full)
    {
        ImmutableArray<string> words =
        [
            .. command.SelectMany(word => word.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(word => word.Trim('\'', '"')),
        ];
        if (!words.Any(word => word[(word.LastIndexOf('/') + 1)..] == "celery"))
            return null;
        for (var at = 0; at < words.Length; at++)
            if (words[at] == brief || words[at] == full)
                return words.ElementAtOrDefault(at + 1);
            else if (words[at].StartsWith(full + "=", StringComparison.Ordinal))
                return words[at][(full.Length + 1)..];
            else if (words[at].StartsWith(brief, StringComparison.Ordinal) && words[at].Length > brief.Length)
                return words[at][brief.Length..].TrimStart('=');
        return null;
    }
}
